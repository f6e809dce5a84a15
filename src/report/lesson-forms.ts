import { formatValue } from "../format.ts";
import type { EventOf, SourceSlice } from "../trace/events.ts";
import { judgedText, outcomeText, scoreText, totalsText } from "../trace/wording.ts";
import type { Block } from "./blocks.ts";
import type { Page } from "./page.ts";
import { paramsTable } from "./params.ts";

/** How a lesson, its sections and its steps are told. */
export const LESSON_FORMS = {
  "lesson-start"(event: EventOf<"lesson-start">, page: Page) {
    page.title = event.title;
    page.facts.push(["Lesson", event.lesson]);
  },
  "section-start"(event: EventOf<"section-start">, page: Page) {
    page.openSection(event.section, event.title);
    page.add({ type: "prose", text: event.prose }, ...paramsTable(event.params));
  },
  "step-start": stepStartForm,
  "question-asked"(event: EventOf<"question-asked">, page: Page) {
    page.question = event;
    page.prediction ??= event;
    if (page.manner === "run") return;
    const isPredicted = page.predictions.has(event);
    const title = `${isPredicted ? "Predict first" : "It asks you"}: ${event.question}`;
    page.add({ type: "list", title, items: event.choices });
    if (isPredicted) page.foldRest("What happened, and the right answer");
  },
  "question-answered"({ answer, by }: EventOf<"question-answered">, page: Page) {
    if (answer === null || !page.question) return;
    const whose = by === "list" ? " (from --answers)" : "";
    page.add({
      type: "line",
      tone: "strong",
      text: `? ${page.question.question} ${answer}${whose}`,
    });
  },
  "prediction-judged": judgedForm,
  "step-end"({ totals }: EventOf<"step-end">, page: Page) {
    if (totals.calls > 1)
      page.add({ type: "line", tone: "faint", text: `step: ${totalsText(totals, page.costs)}` });
  },
  "section-end": () => {},
  "lesson-end": lessonEndForm,
};

function stepStartForm(event: EventOf<"step-start">, page: Page): void {
  const { step, title, prose, code, place, of, params } = event;
  page.openStep(step, `Step ${place} of ${of} · ${title}`);
  // Each step builds its memories anew.
  page.memories.clear();
  page.prompts.clear();
  page.offered = undefined;
  page.prediction = undefined;
  page.question = undefined;
  const set = Object.entries(params).map(
    ([name, value]) => `${name} = ${formatValue(value) || "(empty)"}`,
  );
  if (set.length > 0) page.add({ type: "line", tone: "faint", text: set.join(" · ") });
  // A lesson's own code is short, and its file is near; what is around it may be long.
  const isLesson = page.manner === "lesson";
  const cut = isLesson ? (text: string) => text : (text: string) => page.cut(text);
  const room = isLesson ? page.limits.text : Number.POSITIVE_INFINITY;
  page.add({ type: "prose", text: prose }, ...codeBlocks(code, cut, room));
}

/** The code that ran, and what it takes from around it: whole declarations, as many as fit the room. */
export function codeBlocks(
  { file, line, text, uses }: SourceSlice,
  cut: (text: string) => string,
  room = Number.POSITIVE_INFINITY,
): Block[] {
  const shown: Block = {
    type: "code",
    caption: `${file}:${line}`,
    text: cut(text),
    language: "typescript",
  };
  if (!uses || uses.imports.length + uses.helpers.length === 0) return [shown];
  const froms = [...new Set(uses.imports.map(({ from }) => from))];
  const namesFrom = (from: string) =>
    uses.imports.flatMap((one) => (one.from === from ? [one.name] : [])).join(", ");
  const imports = froms.map((from) => `import { ${namesFrom(from)} } from "${from}";`).join("\n");
  let used = 0;
  const fits = ({ text: helper }: { text: string }) => {
    used += helper.length;
    return used <= room;
  };
  const shownHelpers = uses.helpers.filter(fits);
  const others = uses.helpers.filter((helper) => !shownHelpers.includes(helper));
  const more =
    others.length === 0 ? "" : `// in ${file}: ${others.map(({ name }) => name).join(", ")}`;
  const all = [imports, ...shownHelpers.map((helper) => helper.text), more];
  const names = [...uses.imports, ...uses.helpers].map(({ name }) => name).join(", ");
  const around: Block = {
    type: "code",
    caption: "From around the step",
    text: cut(all.filter((part) => part !== "").join("\n\n")),
    language: "typescript",
  };
  return [
    shown,
    { type: "fold", summary: { title: "It uses", about: names }, blocks: [around], isOpen: false },
  ];
}

function judgedForm(event: EventOf<"prediction-judged">, page: Page): void {
  const { predicted, actual, right, why } = event;
  const asked = page.prediction;
  const choices = asked ? ` (${asked.choices.join(", ")})` : "";
  if (page.manner === "lesson")
    page.add({ type: "line", tone: "strong", text: `The right answer: ${actual}` });
  else {
    const tone = predicted === null ? "strong" : right ? "good" : "bad";
    const question = `${asked?.question ?? ""}${choices}`;
    page.add({ type: "line", tone, text: judgedText(event, question) });
  }
  if (why !== undefined) page.add({ type: "prose", text: why });
}

function lessonEndForm(event: EventOf<"lesson-end">, page: Page): void {
  const { recap, whenToUse, predictions, totals, next } = event;
  page.closeSection();
  const score = scoreText(predictions);
  const lists: Block[] = [
    ...(recap.length > 0
      ? [{ type: "list" as const, title: "What you learnt", items: recap }]
      : []),
    ...(whenToUse.length > 0
      ? [{ type: "list" as const, title: "When to use which", items: whenToUse }]
      : []),
  ];
  const following = page.manner === "lesson" ? null : next;
  if (lists.length > 0 || following) page.openSection("end", "At the end");
  page.add(...lists);
  if (following) {
    const { command, about } = following;
    const words = about === "" ? "" : ` (${about})`;
    page.add({ type: "line", tone: "plain", text: `Next: ${command}${words}` });
  }
  page.ending = [outcomeText(event), score, `${totalsText(totals, page.costs)}.`]
    .filter((part) => part !== "")
    .join(" ");
  page.closeSection();
}
