import { type ColorLevel, createStyle } from "../term/style.ts";
import type { LabEvent } from "../trace/events.ts";
import { createFrames } from "./frames.ts";
import type { Stage } from "./port.ts";

interface BesideOptions {
  write(text: string): void | Promise<void>;
  width: number;
  level: ColorLevel;
  unfolded: boolean;
  /**
   * columns of the terminal, where another program writes to it too; undefined where nobody else
   * writes
   */
  sharedColumns: number | undefined;
}

/**
 * Text beside another program, which writes to the same terminal or to another place. Nothing is
 * ever erased. Where nobody else writes, replies are shown line by line as they come; else each
 * event is written at once, on a line of its own.
 */
export function besideStage(options: BesideOptions): Stage {
  const { write, width, level, unfolded, sharedColumns } = options;
  const frames = createFrames({
    width,
    style: createStyle(level),
    unfolded,
    foldHint: "--full shows them",
    highlight: (code) => code,
  });
  const start = sharedColumns === undefined ? "" : ownLine(sharedColumns);
  let reply: { call: number; text: string; shown: number } | undefined;
  const show = (lines: string[]) =>
    lines.length === 0 ? undefined : write(`${start}${lines.join("\n")}\n`);

  /** The lines of a reply that no further word can change, of those not yet shown. */
  function grown(event: LabEvent & { type: "call-token" }): string[] {
    if (sharedColumns !== undefined || !frames.streams(event.call)) return [];
    reply ??= { call: event.call, text: "", shown: 0 };
    if (reply.call !== event.call) return [];
    reply.text += event.text;
    const lines = frames.reply(reply.text).slice(reply.shown, -1);
    reply.shown += lines.length;
    return lines;
  }

  /** What is left of a reply whose first lines are shown. */
  function rest(event: LabEvent & { type: "call-end" }, shown: number): string[] {
    return [...frames.reply(event.text).slice(shown), ...frames.metrics(event)];
  }

  return {
    interactive: false,
    wantsTokens: true,
    emit(event) {
      if (event.type === "call-token") return show(grown(event));
      const shown = reply?.shown ?? 0;
      const isOfReply = "call" in event && event.call === reply?.call;
      if (isOfReply || event.type === "call-start") reply = undefined;
      if (isOfReply && event.type === "call-end" && shown > 0) return show(rest(event, shown));
      return show(frames.draw(event));
    },
    ask: async () => ({ value: null, by: "nobody" }),
    close: async () => {},
  };
}

/**
 * Goes to the start of a line, from wherever another program has left the cursor, which nobody can
 * ask without reading its input: spaces for nearly a line end on the same line only from its start.
 */
function ownLine(columns: number): string {
  return `${" ".repeat(Math.max(0, columns - 1))}\r`;
}
