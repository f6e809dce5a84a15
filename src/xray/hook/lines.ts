import type { Started } from "../../trace/chain-log.ts";
import type { Json } from "../../trace/events.ts";

/** What the hook in a program writes down, one a line, for `xray` to read. */
export type HookLine =
  | { told: "start"; of: Omit<Started, "inputs"> & { inputs: Json } }
  | { told: "end"; run: string; outputs: Json }
  | { told: "fail"; run: string; message: string }
  /** a model is asked, with this as the last message; its request follows */
  | { told: "model"; run: string; parent?: string; last: string };

/** The folder that a program's processes write to; each has a file of its own. */
export const FOLDER = "LLM_LAB_XRAY";
