import { jsonOf } from "../clean.ts";
import type { Stage } from "./port.ts";

/** One event a line, for programs. */
export function jsonlStage({ write }: { write(text: string): void | Promise<void> }): Stage {
  return {
    interactive: false,
    wantsTokens: true,
    emit: (event) => write(`${jsonOf(event)}\n`),
    ask: async () => ({ value: null, by: "nobody" }),
    close: async () => {},
  };
}
