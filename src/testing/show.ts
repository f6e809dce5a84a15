import { countOf } from "../format.ts";
import { textIn } from "./read-call.ts";
import type { Call, Sent } from "./types.ts";

/** Lines of a message that are shown at the most. */
const MOST_LINES = 40;
const MOST_CHARACTERS = 400;

/**
 * The prompt of a call as it was sent, a message after its role.
 *
 * @param marked a text that is to be seen: its lines are marked
 */
export function showCall(call: Call, marked?: Sent): string {
  const width = Math.max(...call.messages.map(({ role }) => role.length), 4);
  const rows = call.messages.flatMap((message) => {
    const lines = folded(textIn(message).split("\n"), marked);
    return lines.map((line, at) => {
      const mark = typeof marked === "string" && line.includes(marked) ? ">" : " ";
      return `${mark} ${(at === 0 ? message.role : "").padEnd(width)} │ ${cut(line)}`;
    });
  });
  const tools = call.tools.length > 0 ? [`  tools: ${call.tools.join(", ")}`] : [];
  return [`  ${headOf(call)}${failureOf(call)}`, ...rows, ...tools].join("\n");
}

/** A line a call: its model, tokens, how its prompt ends, and what came of it. */
export function listCalls(calls: readonly Call[]): string {
  return calls
    .map((call) => {
      const last = call.messages.at(-1);
      const text = last ? textIn(last).replace(/\s+/g, " ") : "";
      const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
      return `  ${headOf(call)}, ${last?.role ?? ""}: ${JSON.stringify(short)}${failureOf(call)}`;
    })
    .join("\n");
}

function headOf({ number, model, tokens }: Call): string {
  const size = Number.isNaN(tokens) ? "" : `, ${countOf(tokens, "token")}`;
  return `call ${number} to ${model || "no model"}${size}`;
}

function failureOf({ reply }: Call): string {
  if (reply?.error === undefined) return "";
  return `, failed${reply.status > 0 ? ` (${reply.status})` : ""}: ${reply.error}`;
}

function folded(lines: readonly string[], marked: Sent | undefined): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  const at = typeof marked === "string" ? lines.findIndex((line) => line.includes(marked)) : 0;
  const from = Math.max(0, Math.min(at - 5, lines.length - MOST_LINES));
  const after = lines.length - from - MOST_LINES;
  return [
    ...(from > 0 ? [`… ${countOf(from, "line")} before`] : []),
    ...lines.slice(from, from + MOST_LINES),
    ...(after > 0 ? [`… ${countOf(after, "more line")}`] : []),
  ];
}

const cut = (line: string) =>
  line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
