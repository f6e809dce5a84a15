import { writeSync } from "node:fs";
import { Session } from "node:inspector";
import { parentPort } from "node:worker_threads";
import { type TimeOut, WATCHDOG_PIPE } from "../orders.ts";
import { placeIn } from "./place.ts";

interface Watch {
  milliseconds: number;
  /** the learner's folder */
  root: string;
}

/**
 * A thread beside the learner's code: where that never ends, only another thread can see which line
 * it is at.
 */
parentPort?.once("message", ({ milliseconds, root }: Watch) => {
  setTimeout(() => {
    const seconds = Math.round(milliseconds / 1000);
    const tell = (told: TimeOut) => writeSync(WATCHDOG_PIPE, `${JSON.stringify(told)}\n`);
    // Code that waits does not pause before it goes on, which may be never.
    tell({ seconds, isWaiting: true });
    const session = new Session();
    session.connectToMainThread();
    const urls = new Map<string, string>();
    session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
    session.on("Debugger.paused", ({ params }) => {
      const lines = params.callFrames.map(
        ({ location }) => `(${urls.get(location.scriptId)}:${location.lineNumber + 1}:1)`,
      );
      tell({ seconds, isWaiting: false, place: placeIn(lines.join("\n"), root) });
    });
    session.post("Debugger.enable");
    session.post("Debugger.pause");
    // The answers come to this thread, which would end with nothing to wait for.
    setTimeout(() => {}, 60_000);
  }, milliseconds);
});
