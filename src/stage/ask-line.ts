import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import type { Keyboard } from "./keys.ts";

/**
 * Asks for a line of text, with the editing keys that shells have; the up key brings back the
 * earlier lines, newest first. Lines that are pasted are one text.
 *
 * @returns the text, or null when it was given up with Escape or Ctrl-D; Ctrl-C calls `interrupt`,
 * Ctrl-Z `stop`
 */
export function askLine(
  io: { input: Keyboard; output: Writable; interrupt(): void; stop(): void },
  prompt: string,
  { initial = "", earlier = [] }: { initial?: string; earlier?: readonly string[] } = {},
): Promise<string | null> {
  const { input, output, interrupt, stop } = io;
  return new Promise((resolve) => {
    const editor = createInterface({
      input,
      output,
      terminal: true,
      history: [...earlier],
      historySize: earlier.length,
      escapeCodeTimeout: 50,
    });
    const lines: string[] = [];
    let text: string | null = null;
    const giveUpOnEscape = (_: unknown, key: { name?: string }) => {
      if (key.name === "escape") editor.close();
    };
    input.on("keypress", giveUpOnEscape);
    editor.on("SIGINT", () => {
      editor.close();
      interrupt();
    });
    editor.on("SIGTSTP", () => {
      input.setRawMode?.(false);
      stop();
    });
    const goOn = () => {
      // A shell that had the terminal meanwhile has changed it without our knowing.
      input.setRawMode?.(false);
      input.setRawMode?.(true);
      editor.prompt(true);
    };
    process.on("SIGCONT", goOn);
    editor.on("close", () => {
      input.off("keypress", giveUpOnEscape);
      process.off("SIGCONT", goOn);
      if (text === null) output.write("\n");
      resolve(text);
    });
    editor.on("line", (typed) => {
      lines.push(typed);
      // Lines that come at once were pasted; what follows the last line end waits for Enter.
      setImmediate(() => {
        if (text !== null || editor.line !== "") return;
        text = lines.join("\n");
        editor.close();
      });
    });
    editor.setPrompt(prompt);
    editor.prompt();
    editor.write(initial);
  });
}
