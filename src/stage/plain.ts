import { type ColorLevel, createStyle } from "../term/style.ts";
import { createFrames } from "./frames.ts";
import type { Stage } from "./port.ts";

interface PlainOptions {
  write(text: string): void | Promise<void>;
  width: number;
  level: ColorLevel;
  unfolded: boolean;
  highlight(code: string): string;
}

/** Readable text for a pipe, a file or a simple terminal: nothing is asked, nothing waits. */
export function plainStage({ write, width, level, unfolded, highlight }: PlainOptions): Stage {
  const frames = createFrames({
    width,
    style: createStyle(level),
    unfolded,
    foldHint: "--full shows them",
    highlight,
  });
  return {
    interactive: false,
    wantsTokens: false,
    emit(event) {
      const lines = frames.draw(event);
      if (lines.length > 0) return write(`${lines.join("\n")}\n`);
    },
    ask: async () => ({ value: null, by: "nobody" }),
    close: async () => {},
  };
}
