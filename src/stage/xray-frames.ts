import { clean } from "../clean.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { resentText, xrayEndText } from "../trace/wording.ts";
import { type CallState, wrapAtDots } from "./call-frames.ts";
import { banner } from "./heading-frames.ts";
import { indent, type Look } from "./look.ts";

/** How another program's calls are told, beside what calls of lessons are told by. */
export const XRAY_FRAMES = {
  "xray-start": startLines,
  "call-resent": resentLines,
  "trap-found": trapLines,
  "xray-end": endLines,
};

function startLines(
  { program, address }: EventOf<"xray-start">,
  look: Look,
  state: CallState,
): string[] {
  const words = program.map(clean).join(" ");
  return banner(words === "" ? `x-ray at ${address}` : `x-ray of ${words}`, state.why, look);
}

/** A call that failed; lessons tell it by the error that ends the step. */
export function failedLines({ message }: EventOf<"call-failed">, look: Look): string[] {
  return indent(wrap(look.style.bad(`✗ ${clean(message)}`), look.width - 2), 2);
}

function resentLines(event: EventOf<"call-resent">, look: Look) {
  return indent(wrap(look.style.bad(resentText(event)), look.width - 2), 2);
}

function trapLines({ call, text, read }: EventOf<"trap-found">, look: Look): string[] {
  const said = wrap(`${look.style.bad(`⚠ call ${call}:`)} ${clean(text)}`, look.width - 2);
  const hint = wrap(look.style.faint(`Read: ${read}`), look.width - 4);
  return ["", ...indent(said, 2), ...indent(hint, 4)];
}

function endLines(event: EventOf<"xray-end">, look: Look, state: CallState): string[] {
  const text = `x-ray: ${xrayEndText(event, state)}`;
  return ["", ...wrapAtDots(look.style.faint(text), look.width)];
}
