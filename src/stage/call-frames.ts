import { clean } from "../clean.ts";
import { countOf, formatCount, formatDollars, formatDuration } from "../format.ts";
import { padEnd, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf, Totals } from "../trace/events.ts";
import { indent, type Look } from "./look.ts";

/** What the frames of a call must know of the events before it. */
export interface CallState {
  offline: boolean;
  /** why this model, as the run said at its start */
  why: string;
  pricesAsOf: string;
  /** prompts are shown only when they are asked for */
  chatting: boolean;
  calls: Map<number, EventOf<"call-start">>;
  /** calls that wait for their reply */
  open: Set<number>;
  /** calls that waited together with others: their replies carry their number */
  crowded: Set<number>;
}

export function callHead(event: EventOf<"call-start">, look: Look): string[] {
  const who = event.caller ?? "your code";
  const what =
    event.purpose === "summary"
      ? `${who} asks for a summary (a hidden call)`
      : `${who} → ${event.model}`;
  const offered = event.tools ? ` (tools: ${event.tools.map(clean).join(", ")})` : "";
  return wrap(
    look.style.strong(`▸ call ${event.call} · ${clean(what)}`) + look.style.faint(offered),
    look.width,
  );
}

/** Many texts that were embedded, and what that took; a question by itself is not worth a line. */
export function embeddedLines(
  { model, texts, tokens, cost, ms }: EventOf<"texts-embedded">,
  look: Look,
  state: CallState,
): string[] {
  if (texts < FEW_TEXTS) return [];
  const parts = [
    `${countOf(texts, "text")} → ${clean(model)}`,
    countOf(tokens, "token"),
    formatDuration(ms),
    costText(cost, state),
  ];
  const line = `▸ embedded ${parts.filter((part) => part !== "").join(" · ")}`;
  return ["", ...wrap(look.style.faint(line), look.width)];
}

const FEW_TEXTS = 10;

const MARGIN = 11;

export function replyLines(text: string, look: Look, state: CallState, call?: number): string[] {
  const number = call === undefined ? "" : ` ${call}`;
  const wide = ` ${padEnd(`reply${number}`, MARGIN - 1)}» `;
  const label = state.chatting ? "ai   " : look.width < 60 ? ` ${number} » ` : wide;
  return hanging(label, clean(text), look, look.style.reply);
}

/** A label, and text that hangs beside it. */
export function hanging(
  label: string,
  text: string,
  look: Look,
  paint: (text: string) => string,
): string[] {
  const lines = wrap(text, look.width - widthOf(label));
  return lines.map(
    (line, at) => (at === 0 ? look.style.faint(label) : " ".repeat(widthOf(label))) + paint(line),
  );
}

export function metricLines(event: EventOf<"call-end">, look: Look, state: CallState): string[] {
  const beside = besideLines(event, look);
  if (state.chatting) return beside;
  const parts = [
    `${countOf(event.tokens.input, "token")} in`,
    `${formatCount(event.tokens.output)} out`,
    formatDuration(event.ms),
    costText(event.cost, state),
  ];
  const indentation = look.width < 60 ? 4 : MARGIN + 2;
  const metrics = indent(
    wrap(
      look.style.faint(parts.filter((part) => part !== "").join(" · ")),
      look.width - indentation,
    ),
    indentation,
  );
  return [...beside, ...metrics];
}

const LONGEST_THOUGHT = 100;

/** What is to be known of a reply besides its text. */
function besideLines({ thought, finish }: EventOf<"call-end">, look: Look): string[] {
  const words = clean(thought ?? "").replace(/\s+/g, " ");
  const start = words.length > LONGEST_THOUGHT ? `${words.slice(0, LONGEST_THOUGHT)}…` : words;
  const count = countOf(words.split(" ").length, "word");
  const lines = [
    ...(words === "" ? [] : [look.style.faint(`It thought first (${count}): ${start}`)]),
    ...(finish === "length" ? [look.style.bad("The reply was cut: its tokens ran out.")] : []),
    ...(finish === "refusal" ? [look.style.bad("The model refused to answer.")] : []),
  ];
  return lines.flatMap((line) => indent(wrap(line, look.width - MARGIN - 2), MARGIN + 2));
}

/** A call on one line, of a step that makes many. */
export function briefLine(event: EventOf<"call-end">, look: Look, state: CallState): string {
  const start = state.calls.get(event.call);
  const asked = start?.messages.at(-1)?.parts.findLast((part) => part.origin === "input")?.text;
  const what = start?.purpose === "summary" ? "summary" : clean(asked ?? "");
  const counts = `${event.tokens.input} in ${event.tokens.output} out`;
  const room = look.width - widthOf(counts) - 8;
  const text = truncate(`${what} → ${clean(event.text)}`, room);
  return `${look.style.faint(String(event.call).padStart(4))}  ${padEnd(text, room)}  ${look.style.faint(counts)}`;
}

export function totalsText(totals: Totals, state: CallState): string {
  const { calls, unanswered = 0, tokens, cost, ms } = totals;
  const parts = [
    `${countOf(calls, "call")}${unanswered > 0 ? `, ${unanswered} without an answer` : ""}`,
    `${countOf(tokens.input, "token")} in`,
    `${formatCount(tokens.output)} out`,
    formatDuration(ms),
    costText(cost, state),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

export function costText(cost: number | null, state: CallState): string {
  if (cost !== null) return `about ${formatDollars(cost)} at prices of ${state.pricesAsOf}`;
  return state.offline ? "free" : "";
}
