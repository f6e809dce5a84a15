import { countOf } from "../format.ts";
import type { EventOf, OfferedTool } from "../trace/events.ts";
import { keepPrompt, linesOfPrompt, markNew, type PromptLine } from "../trace/prompt-lines.ts";
import {
  callText,
  exchangeText,
  finishText,
  inputCountText,
  metricsText,
  signatureOf,
} from "../trace/wording.ts";
import type { Block, Gone } from "./blocks.ts";
import { beginningOf, cutKnown, cutLines } from "./cut.ts";
import type { OpenCall, Page } from "./page.ts";

/** How calls are told: each is a fold, with its prompt, its tools, its reply and its figures. */
export const CALL_FORMS = {
  "call-start": startForm,
  "call-token"({ call, text }: EventOf<"call-token">, page: Page) {
    const open = page.open.get(call);
    if (open) open.reply += text;
  },
  "call-end": endForm,
  "call-failed"({ call, message }: EventOf<"call-failed">, page: Page) {
    const open = page.open.get(call);
    if (!open) return;
    const { fold } = open;
    page.open.delete(call);
    fold.summary.figures = "failed";
    if (open.reply !== "")
      fold.blocks.push(replyBlock(`reply ${call}, as far as it came`, open.reply, page));
    fold.blocks.push({ type: "line", tone: "bad", text: `✗ ${message}` });
  },
};

const LONGEST_ABOUT = 110;
/** Longer prompts are not held against each other: that takes a time that grows as their square. */
const LONGEST_COMPARED = 400_000;

function startForm(event: EventOf<"call-start">, page: Page): void {
  page.calls.set(event.call, event);
  const asked = askedIn(event);
  const summary = { title: callText(event), about: aboutOf(asked, LONGEST_ABOUT) };
  const id = page.idFor(`call-${event.call}`);
  const fold: OpenCall["fold"] = { type: "fold", id, summary, blocks: [], isOpen: false };
  const tools = toolBlocks(event, page);
  const prompt = promptBlock(event, page);
  page.later.set(fold, () => [...tools, prompt()]);
  page.open.set(event.call, { start: event, fold, reply: "" });
  page.addTraced(fold);
}

function endForm(event: EventOf<"call-end">, page: Page): void {
  const open = page.open.get(event.call);
  if (!open) return;
  page.open.delete(event.call);
  const { fold } = open;
  const { text, thought = "", tokens } = event;
  fold.summary.figures = `${tokens.input} in · ${tokens.output} out`;
  const asked = fold.summary.about ?? "";
  const half = LONGEST_ABOUT / 2;
  fold.summary.about = exchangeText(aboutOf(asked, half), aboutOf(text, half));
  const finish = finishText(event);
  if (thought !== "")
    fold.blocks.push({
      type: "fold",
      summary: { title: `It thought first (${countOf(thought.split(/\s+/).length, "word")})` },
      blocks: [{ type: "text", of: "value", label: "thought", text: page.cut(thought) }],
      isOpen: false,
    });
  fold.blocks.push(replyBlock(`reply ${event.call}`, text, page));
  if (finish !== "") fold.blocks.push({ type: "line", tone: "bad", text: finish });
  if (page.manner === "lesson") return;
  fold.blocks.push(
    { type: "line", tone: "plain", text: metricsText(event, page.costs) },
    { type: "line", tone: "faint", text: inputCountText(event, page.costs) },
  );
}

const aboutOf = (text: string, most: number) => beginningOf(text, most) || "(nothing)";

/** Calls that the run did not see to their end: the reply as far as it came. */
export function tellOpenCalls(page: Page): void {
  for (const [call, { fold, reply }] of page.open)
    if (reply !== "") fold.blocks.push(replyBlock(`reply ${call}, as far as it came`, reply, page));
}

const replyBlock = (label: string, text: string, page: Page): Block => {
  return { type: "text", of: "reply", label, text: page.cut(text) };
};

/** What was asked last: the input, else the end of the prompt. */
function askedIn({ messages }: EventOf<"call-start">): string {
  const parts = messages.flatMap((message) => message.parts);
  return (parts.findLast(({ origin }) => origin === "input") ?? parts.at(-1))?.text ?? "";
}

/** Comparing takes long, and most calls of a very long run are left out: it is done at the end. */
function promptBlock(event: EventOf<"call-start">, page: Page): () => Block {
  const { messages, call } = event;
  const length = messages.reduce(
    (sum, { parts }) => sum + parts.reduce((all, { text }) => all + text.length, 0),
    0,
  );
  const before = length > LONGEST_COMPARED ? () => undefined : keepPrompt(event, page);
  return () => {
    const lines = linesOfPrompt(messages, true);
    const previous = before();
    const gone = markNew(lines, previous);
    const from = previous && { from: `call ${previous.call}`, lines: gone };
    return linesBlock(`Prompt of call ${call}`, lines, from, page);
  };
}

/** Lines of a prompt or a memory, as many as there is room for. */
export function linesBlock(
  label: string,
  lines: PromptLine[],
  gone: Gone | undefined,
  page: Page,
): Block {
  const fresh = page.manner === "lesson" && gone ? cutKnown(lines, gone.from) : lines;
  const shown = cutLines(fresh, page.limits.text);
  if (shown.length < lines.length) page.noteCut();
  const lost = gone && {
    from: gone.from,
    lines: gone.lines.slice(0, MOST_GONE).map((one) => page.cut(one)),
  };
  return { type: "lines", label, lines: shown, gone: lost };
}

const MOST_GONE = 50;

/** The tools that a request offers; the same in each request of a loop, they are told once. */
function toolBlocks({ offered = [], tools = [] }: EventOf<"call-start">, page: Page): Block[] {
  const isAsBefore = JSON.stringify(offered) === JSON.stringify(page.offered);
  page.offered = offered;
  if (tools.length === 0 && offered.length === 0) return [];
  const names = tools.length > 0 ? tools : offered.map(({ name }) => name);
  const line: Block = { type: "line", tone: "plain", text: `tools: ${names.join(", ")}` };
  if (offered.length === 0 || isAsBefore) return [line];
  const rows = offered.map(({ name, description, parameters }: OfferedTool) => [
    name + signatureOf(parameters),
    page.cut(description),
  ]);
  return [
    { type: "table", caption: "Tools that are offered", columns: ["tool", "what it does"], rows },
  ];
}
