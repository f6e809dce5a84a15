import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import type { Keyboard } from "./keys.ts";

/**
 * Asks for a line of text, with the editing keys that shells have.
 *
 * @returns the line, or null when it was given up with Escape or Ctrl-D; Ctrl-C calls `interrupt`
 */
export function askLine(
  io: { input: Keyboard; output: Writable; interrupt(): void },
  prompt: string,
  initial = "",
): Promise<string | null> {
  const { input, output, interrupt } = io;
  return new Promise((resolve) => {
    const editor = createInterface({
      input,
      output,
      terminal: true,
      historySize: 0,
      escapeCodeTimeout: 50,
    });
    let line: string | null = null;
    const giveUpOnEscape = (_: unknown, key: { name?: string }) => {
      if (key.name === "escape") editor.close();
    };
    input.on("keypress", giveUpOnEscape);
    editor.on("SIGINT", () => {
      editor.close();
      interrupt();
    });
    editor.on("close", () => {
      input.off("keypress", giveUpOnEscape);
      if (line === null) output.write("\n");
      resolve(line);
    });
    editor.question(prompt, (typed) => {
      line = typed;
      editor.close();
    });
    editor.write(initial);
  });
}
