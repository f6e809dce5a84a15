import { countOf } from "../format.ts";
import { withoutSecrets } from "../mask.ts";
import type { EventOf, FoundPassage } from "../trace/events.ts";
import { placeOf, totalsText } from "../trace/wording.ts";
import type { Block } from "./blocks.ts";
import type { Page } from "./page.ts";

/** How a question to documents is told: the answer stands first. */
export const ASK_FORMS = {
  "ask-start"({ question, store, embeddingModel }: EventOf<"ask-start">, page: Page) {
    page.title = question.replace(/\s+/g, " ");
    page.facts.push(["Documents", withoutSecrets(store)], ["Embedding model", embeddingModel]);
  },
  "passages-found"({ passages }: EventOf<"passages-found">, page: Page) {
    if (passages.length === 0) return;
    page.add(
      {
        type: "prose",
        text: `${countOf(passages.length, "passage")} of the documents were near the question, by embedding and by words. They went into the prompt:`,
      },
      ...passages.map((passage) => passageFold(passage, page)),
    );
  },
  "ask-end": endForm,
};

function passageFold(passage: FoundPassage, page: Page): Block {
  const title = `[${passage.number}] ${placeOf(passage)}`;
  return {
    type: "fold",
    summary: { title, about: passage.heading, figures: passage.score.toFixed(2) },
    blocks: [{ type: "text", of: "value", label: "passage", text: page.cut(passage.text) }],
    isOpen: false,
  };
}

function endForm(event: EventOf<"ask-end">, page: Page): void {
  const { answered, answer, cited, others, nearest, totals } = event;
  page.openSection("answer", "The answer", true);
  page.add({ type: "text", of: "reply", label: "answer", text: page.cut(answer) });
  if (cited.length > 0) page.add({ type: "table", caption: "Sources", ...sourcesTable(cited) });
  if (nearest.length > 0) {
    const { columns, rows } = sourcesTable(nearest.map(({ passage }) => passage));
    page.add({
      type: "table",
      caption: "The nearest passages",
      columns: [...columns, "what it says"],
      rows: rows.map((row, at) => [...row, page.cut(nearest[at]?.sentence ?? "")]),
    });
  }
  if (others > 0) {
    const what = countOf(others, cited.length > 0 ? "more passage" : "passage");
    const had = answered ? "" : ", and had no answer";
    page.add({
      type: "line",
      tone: "faint",
      text: `${what} ${others === 1 ? "was" : "were"} given${had}.`,
    });
  }
  page.ending = totals.calls === 0 ? undefined : totalsText(totals, page.costs);
  page.closeSection();
}

function sourcesTable(passages: readonly FoundPassage[]): { columns: string[]; rows: string[][] } {
  const rows = passages.map((passage) => [
    `[${passage.number}]`,
    placeOf(passage),
    passage.heading,
    passage.score.toFixed(2),
  ]);
  return { columns: ["number", "where", "heading", "nearness"], rows };
}
