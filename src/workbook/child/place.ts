import { fileURLToPath } from "node:url";
import type { Place } from "../verdict.ts";

/** The first line of a stack that is in a file of the learner's folder, not of a package. */
export function placeIn(stack: string, folder: string): Place | undefined {
  for (const [, file = "", line] of stack.matchAll(
    /(file:\/\/[^\s)]+?|\/[^\s)]+?):(\d+)(?::\d+)?/g,
  )) {
    const path = pathOf(file);
    if (path?.startsWith(folder) && !path.includes("node_modules"))
      return { file: path, line: Number(line) };
  }
  return undefined;
}

function pathOf(file: string): string | undefined {
  const bare = file.replace(/[?#].*$/, "");
  if (!bare.startsWith("file:")) return bare;
  try {
    return fileURLToPath(bare);
  } catch {
    return undefined;
  }
}

/** What was thrown, in one line: code may throw anything. */
export function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `threw ${describe(thrown)}, which is not an Error`;
  const [line = ""] = thrown.message.split("\n");
  return `threw ${thrown.name}: ${line}`;
}

function describe(thrown: unknown): string {
  if (typeof thrown === "string") return `the string ${JSON.stringify(thrown.slice(0, 80))}`;
  if (thrown === null || typeof thrown !== "object") return String(thrown);
  return "an object";
}
