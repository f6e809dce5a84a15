import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { jsonOf } from "../clean.ts";
import { LabError, reasonOf } from "../errors.ts";
import type { LabEvent } from "../trace/events.ts";

/**
 * A file that events are written to, one a line.
 *
 * @throws LabError where it cannot be written
 */
export async function openOutFile(path: string) {
  const stream = createWriteStream(path, { mode: 0o600 });
  const failed = new Promise<never>((_, reject) => {
    stream.on("error", (error) => reject(cannotWrite(path, error)));
  });
  failed.catch(() => {});
  await Promise.race([once(stream, "open"), failed]);
  return {
    async emit(event: LabEvent): Promise<void> {
      if (!stream.write(`${jsonOf(event)}\n`)) await Promise.race([once(stream, "drain"), failed]);
    },
    close: () => Promise.race([new Promise<void>((resolve) => stream.end(resolve)), failed]),
  };
}

function cannotWrite(path: string, error: unknown): LabError {
  const hint = "Choose another path after --out.";
  return new LabError(`${path} cannot be written: ${reasonOf(error)}`, hint, 2);
}
