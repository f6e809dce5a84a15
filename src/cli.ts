#!/usr/bin/env node
import { Console } from "node:console";
import { existsSync, mkdirSync } from "node:fs";
import nodeModule from "node:module";
import { dirname } from "node:path";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { clean } from "./clean.ts";
import { compileCacheFolder, environment } from "./config.ts";
import { findLabError } from "./errors.ts";
import type { Io } from "./run/io.ts";

keepCompiled(compileCacheFolder());

const interruption = new AbortController();
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: environment(),
  signal: interruption.signal,
  interrupt: () => end(130),
  takeSignals,
  now: () => new Date(),
  program: fileURLToPath(import.meta.url),
};

// When the terminal is closed (SIGHUP), what is being trained is kept.
const endings = { SIGINT: () => end(130), SIGTERM: () => end(143), SIGHUP: () => end(129) };
for (const [signal, ending] of Object.entries(endings)) process.once(signal, ending);
process.once("exit", part);
process.stdout.on("error", outputFailed);
// Who does not read our errors misses nothing else.
process.stderr.on("error", () => {});
// What packages print is not part of our output, which programs may read.
globalThis.console = new Console(cleanedStderr());

const program = await import("./main.ts").catch(cannotLoad);
if (program) {
  const { main, report } = program;
  process.once("uncaughtException", (error) => {
    report(error, process.argv.includes("--debug"), process.stderr);
    end(1);
  });
  const exitCode = await main(process.argv, io, process.stderr);
  if (exitCode !== undefined) process.exitCode = exitCode;
}

/**
 * The machine may have too little for the program to be loaded, and then not for a report either.
 */
function cannotLoad(error: unknown): undefined {
  const known = findLabError(error);
  if (!known) throw error;
  process.stderr.write(clean(`${known.message}.\n${known.hint}\n`));
  process.exitCode = known.exitCode;
}

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
  if (!interruption.signal.aborted || !parting) return;
  // Only a terminal has columns; term/text.ts, which wraps elsewhere, is too heavy for each start.
  const { columns } = process.stderr;
  const line = columns && new RegExp(String.raw`(\S.{0,${columns - 1}})(?: +|$)`, "g");
  const wrapped = line ? parting.replace(line, "$1\n").trimEnd() : parting;
  process.stderr.write(clean(`${wrapped}\n`));
}

/** Hands signals to a program that a command has started, until that is over. */
function takeSignals(take: Parameters<Io["takeSignals"]>[0]): () => void {
  for (const [signal, ending] of Object.entries(endings)) process.off(signal, ending);
  for (const signal of Object.keys(endings)) process.on(signal, take);
  return () => {
    for (const signal of Object.keys(endings)) process.off(signal, take);
    for (const [signal, ending] of Object.entries(endings)) process.once(signal, ending);
  };
}

/** What LangChain says of a reply whose calls of tools are all broken, whatever its version. */
const WRONG_ADVICE =
  "New LangChain packages are available that more efficiently handle tool calling";

function cleanedStderr(): Writable {
  return new Writable({
    decodeStrings: false,
    write(text, _encoding, done) {
      if (String(text).startsWith(WRONG_ADVICE)) done();
      else process.stderr.write(clean(String(text)), done);
    },
  });
}

function outputFailed(error: NodeJS.ErrnoException) {
  // The reader went away, as `head` does, which is not a failure.
  if (error.code !== "EPIPE") {
    process.stderr.write(clean(`The output could not be written: ${error.message}.\n`));
    end(1);
  } else end(0);
}

function end(exitCode: number) {
  process.exitCode = exitCode;
  interruption.abort(new Error("interrupted"));
}
