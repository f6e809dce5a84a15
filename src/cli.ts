#!/usr/bin/env node
import { existsSync, mkdirSync } from "node:fs";
import nodeModule from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { compileCacheFolder } from "./config.ts";
import type { Io } from "./run/io.ts";

keepCompiled(compileCacheFolder());

const interruption = new AbortController();
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  signal: interruption.signal,
  interrupt: () => end(130),
  now: () => new Date(),
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

/**
 * Keeps the compiled program in a folder, where Node can (from 22.1 on); without it the start is
 * slower.
 */
function keepCompiled(folder: string | undefined) {
  const { enableCompileCache } = nodeModule as { enableCompileCache?(folder: string): unknown };
  if (folder === undefined || !enableCompileCache) return;
  try {
    // One folder at a time: Node's own recursive way never ends below /proc.
    for (const each of [dirname(folder), folder]) if (!existsSync(each)) mkdirSync(each);
    enableCompileCache(folder);
  } catch {
    // The disk may be full or read-only; llm-lab runs all the same.
  }
}

/**
 * Says last what was kept; at the very end, because what is kept is written after the interruption.
 */
function part() {
  const { parting } = io;
  if (interruption.signal.aborted && parting) process.stderr.write(`${parting}\n`);
}

function outputFailed(error: NodeJS.ErrnoException) {
  // The reader went away, as `head` does, which is not a failure.
  if (error.code !== "EPIPE") {
    process.stderr.write(`The output could not be written: ${error.message}.\n`);
    end(1);
  } else end(0);
}

function end(exitCode: number) {
  process.exitCode = exitCode;
  interruption.abort(new Error("interrupted"));
}
