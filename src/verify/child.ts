import { Readable, Writable } from "node:stream";
import { environment } from "../config.ts";
import type { Io } from "../run/io.ts";
import type { Order } from "./orders.ts";
import { playSection } from "./play-section.ts";

/** A process of `verify`: it plays the sections that it is sent, one after the other. */
process.on("message", async (order: Order) => {
  try {
    process.send?.({ report: await playSection(order, io(order.program)) });
  } catch (error) {
    process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : `${error}` });
  }
});
// Without the process that asks, nobody reads what comes of it.
process.once("disconnect", () => process.kill(process.pid));

/** A world without a terminal; what would be shown there is in the report. */
function io(program: string | undefined): Io {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  return {
    stdin: Readable.from([]),
    stdout: nowhere,
    stderr: nowhere,
    environment: environment(),
    signal: new AbortController().signal,
    interrupt() {},
    takeSignals: () => () => {},
    now: () => new Date(),
    program,
  };
}
