import { clean } from "../clean.ts";
import { countOf } from "../format.ts";
import { padEnd, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import {
  type CostFacts,
  callText,
  embeddedText,
  exchangeText,
  finishText,
  metricsText,
  signatureOf,
} from "../trace/wording.ts";
import { indent, type Look } from "./look.ts";

/** What the frames of a call must know of the events before it. */
export interface CallState extends CostFacts {
  /** why this model, as the run said at its start */
  why: string;
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
  const offered = event.tools ? ` (tools: ${event.tools.map(clean).join(", ")})` : "";
  return wrap(look.style.strong(`▸ ${callText(event)}`) + look.style.faint(offered), look.width);
}

/** Many texts that were embedded, and what that took; a question by itself is not worth a line. */
export function embeddedLines(
  event: EventOf<"texts-embedded">,
  look: Look,
  state: CallState,
): string[] {
  if (event.texts < FEW_TEXTS) return [];
  const line = `▸ embedded ${embeddedText(event, state)}`;
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
  const indentation = look.width < 60 ? 4 : MARGIN + 2;
  const metrics = indent(
    wrapAtDots(look.style.faint(metricsText(event, state)), look.width - indentation),
    indentation,
  );
  return [...beside, ...metrics];
}

const LONGEST_THOUGHT = 100;

/** What is to be known of a reply besides its text. */
function besideLines(event: EventOf<"call-end">, look: Look): string[] {
  const { thought } = event;
  const finish = finishText(event);
  const words = clean(thought ?? "").replace(/\s+/g, " ");
  const start = words.length > LONGEST_THOUGHT ? `${words.slice(0, LONGEST_THOUGHT)}…` : words;
  const count = countOf(words.split(" ").length, "word");
  const lines = [
    ...(words === "" ? [] : [look.style.faint(`It thought first (${count}): ${start}`)]),
    ...(finish === "" ? [] : [look.style.bad(finish)]),
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
  const text = truncate(exchangeText(what, clean(event.text)), room);
  return `${look.style.faint(String(event.call).padStart(4))}  ${padEnd(text, room)}  ${look.style.faint(counts)}`;
}

/** Figures to lines: a figure and its unit stay together. */
export function wrapAtDots(figures: string, width: number): string[] {
  const glued = figures.replace(/(?<!·) (?!·)/g, GLUE);
  return wrap(glued, width).map((line) => line.replaceAll(GLUE, " "));
}

/** A space at which no line is broken. */
const GLUE = "\u00a0";
