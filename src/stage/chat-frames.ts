import { clean } from "../clean.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { type CallState, hanging } from "./call-frames.ts";
import { banner, paramLines } from "./heading-frames.ts";
import type { Look } from "./look.ts";

/** What is talked to, with its settings, and how to get help. */
export function chatStartLines(
  event: EventOf<"chat-start">,
  look: Look,
  state: CallState,
): string[] {
  return [
    ...banner(event.title, state.why, look),
    ...paramLines(event.params, look),
    ...wrap(look.style.faint("/help lists the commands; Ctrl-D ends."), look.width),
  ];
}

/** The learner's line. */
export function turnStartLines(event: EventOf<"turn-start">, look: Look): string[] {
  return ["", ...hanging("you  ", clean(event.input), look, look.style.strong)];
}
