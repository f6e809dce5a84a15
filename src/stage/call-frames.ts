import { clean } from "../clean.ts";
import { countOf, formatCount, formatDollars, formatDuration } from "../format.ts";
import { padEnd, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf, Json, Totals } from "../trace/events.ts";
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
  /** the tools that the call before offered in this step */
  offered?: EventOf<"call-start">["offered"];
}

export function callHead(event: EventOf<"call-start">, look: Look): string[] {
  const who = event.caller ?? "your code";
  const what =
    event.purpose === "summary"
      ? `${who} asks for a summary (a hidden call)`
      : `${who} → ${shortModel(event.model)}`;
  const offered = event.tools ? ` (tools: ${event.tools.map(clean).join(", ")})` : "";
  return wrap(
    look.style.strong(`▸ call ${event.call} · ${clean(what)}`) + look.style.faint(offered),
    look.width,
  );
}

/** A checkpoint of one's own by its file alone: a step's lies in a folder that soon is gone. */
const shortModel = (model: string) => model.replace(/^tiny:.*[\\/]/, "tiny:");

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

/** The tools that a request offers, a line each: name, arguments, and what it is said to do. */
export function offeredLines(
  { offered = [] }: EventOf<"call-start">,
  look: Look,
  state: CallState,
): string[] {
  // The same tools go out with each request of a loop; they are shown once.
  const isAsBefore = JSON.stringify(offered) === JSON.stringify(state.offered);
  state.offered = offered;
  if (offered.length === 0 || isAsBefore) return [];
  const narrow = look.width < 60;
  const margin = narrow ? "  │ " : `${" ".repeat(MARGIN)}│ `;
  const label = narrow ? margin : ` ${padEnd("tools", MARGIN - 1)}│ `;
  const room = look.width - widthOf(margin);
  const lines = offered.flatMap(({ name, description, parameters }) => {
    const said = description === "" ? "" : ` · ${description}`;
    return wrap(clean(`${name}${signatureOf(parameters)}${said}`), room);
  });
  const shown = look.unfolded ? lines : lines.slice(0, MOST_OFFERED);
  const more = lines.length - shown.length;
  const note = look.style.faint(`… ${more} lines folded (${look.foldHint})`);
  const rest = more > 0 ? wrap(note, room) : [];
  return [
    ...(narrow ? [`  ${look.style.faint("tools")}`] : []),
    ...[...shown, ...rest].map((line, at) => look.style.faint(at === 0 ? label : margin) + line),
  ];
}

const MOST_OFFERED = 10;

type Schema = { type?: Json; enum?: Json; properties?: Json; required?: Json; items?: Json };

/** A schema as a person writes the arguments of a function: (order: string, amount?: number). */
function signatureOf(parameters: Json): string {
  const { properties = {}, required = [] } = parameters as Schema;
  const fields = Object.entries(properties as Record<string, Json>).map(([name, part]) => {
    const isNeeded = (required as Json[]).includes(name);
    return `${name}${isNeeded ? "" : "?"}: ${typeText(part)}`;
  });
  return `(${fields.join(", ")})`;
}

function typeText(part: Json): string {
  const { type, enum: values, properties, items } = (part ?? {}) as Schema;
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (properties !== undefined) return signatureOf(part).replace("(", "{ ").replace(/\)$/, " }");
  if (items !== undefined) return `${typeText(items)}[]`;
  return typeof type === "string" ? type : "any";
}

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
    ...(event.cached ? [`${formatCount(event.cached)} of them from the cache`] : []),
    `${formatCount(event.tokens.output)} out`,
    formatDuration(event.ms),
    costText(event.cost, state),
  ];
  const indentation = look.width < 60 ? 4 : MARGIN + 2;
  const metrics = indent(
    wrapAtDots(
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

/** Figures to lines: a figure and its unit stay together. */
export function wrapAtDots(figures: string, width: number): string[] {
  const glued = figures.replace(/(?<!·) (?!·)/g, GLUE);
  return wrap(glued, width).map((line) => line.replaceAll(GLUE, " "));
}

/** A space at which no line is broken. */
const GLUE = "\u00a0";

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
