import { clean } from "../clean.ts";
import { wrap } from "../term/text.ts";
import type { EventOf } from "../trace/events.ts";
import { memoryText } from "../trace/wording.ts";
import { indent, type Look } from "./look.ts";

/** What a memory would send, folded where it is long, and how much it keeps. */
export function memoryLines(
  event: EventOf<"memory-shown">,
  look: Look,
  chatting: boolean,
): string[] {
  // In a chat, a letter is a line to the model.
  const foldHint = chatting ? "/prompt shows them" : look.foldHint;
  const content = event.content === "" ? ["(nothing)"] : wrap(clean(event.content), look.width - 4);
  const folded =
    look.unfolded || content.length <= 12
      ? content
      : [
          ...content.slice(0, 5),
          look.style.faint(`… ${content.length - 9} lines folded (${foldHint})`),
          ...content.slice(-4),
        ];
  return [
    ...indent(
      wrap(
        `${look.style.strong(event.title)} ${look.style.faint(`(${memoryText(event)})`)}`,
        look.width - 2,
      ),
      2,
    ),
    ...folded.map((line) => `  ${look.style.faint("┃")} ${line}`),
  ];
}
