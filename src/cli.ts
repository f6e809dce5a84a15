#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import type { Io } from "./run/io.ts";

const interruption = new AbortController();
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  signal: interruption.signal,
  interrupt: () => end(130),
  program: fileURLToPath(import.meta.url),
};

process.once("SIGINT", () => end(130));
process.once("SIGTERM", () => end(143));
// The terminal was closed: what is being trained is kept.
process.once("SIGHUP", () => end(129));
process.once("exit", part);
process.stdout.on("error", outputFailed);

const { main } = await import("./main.ts");
const exitCode = await main(process.argv, io, process.stderr);
if (exitCode !== undefined) process.exitCode = exitCode;

/** Says last what was kept; at the very end, because what is kept is written after the interruption. */
function part() {
  const { parting } = io;
  if (interruption.signal.aborted && parting) process.stderr.write(`${parting}\n`);
}

function outputFailed(error: NodeJS.ErrnoException) {
  // The reader went away, as `head` does: that is no failure.
  if (error.code !== "EPIPE") {
    process.stderr.write(`The output could not be written: ${error.message}.\n`);
    end(1);
  } else end(0);
}

function end(exitCode: number) {
  process.exitCode = exitCode;
  interruption.abort(new Error("interrupted"));
}
