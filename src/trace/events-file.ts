import { LabError } from "../errors.ts";
import type { LabEvent } from "./events.ts";

/** Events that were written down, one a line. */
export interface WrittenRun {
  events: LabEvent[];
  /** whether the last line is not whole: whoever wrote it was killed */
  isCut: boolean;
}

/**
 * Reads a run: events, one a line, as `xray --out` and `--format jsonl` write them.
 *
 * @param path what the run is called in an error
 * @throws LabError with exit code 2 for a text that is not a run
 */
export function readEvents(text: string, path: string, hint: string): WrittenRun {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const last = lines.findLastIndex((line) => line.trim() !== "");
  if (last < 0) throw new LabError(`${path} is empty`, hint, 2);
  let isCut = false;
  const events = lines.flatMap((line, at): LabEvent[] => {
    if (line.trim() === "") return [];
    const event = eventIn(line);
    if (event) return [event];
    isCut = at === last && at > 0 && at === lines.length - 1;
    if (isCut) return [];
    throw new LabError(`Line ${at + 1} of ${path} is not an event of a run`, hint, 2);
  });
  if (events[0]?.type !== "run-start")
    throw new LabError(`${path} is not a run: it does not begin with run-start`, hint, 2);
  return { events, isCut };
}

function eventIn(line: string): LabEvent | undefined {
  try {
    const event = JSON.parse(line) as LabEvent | null;
    return typeof event?.type === "string" ? event : undefined;
  } catch {
    return undefined;
  }
}
