#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { buildProgram } from "./commands/program.ts";
import { quietPackages } from "./config.ts";
import { findLabError, LabError } from "./errors.ts";
import type { Io } from "./run/io.ts";

const interruption = new AbortController();
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  signal: interruption.signal,
  interrupt: () => end(130),
  program: fileURLToPath(import.meta.url),
};

quietPackages(undefined, process.argv.includes("--langsmith"));
await main(process.argv);

async function main(argv: string[]) {
  process.once("SIGINT", () => end(130));
  process.once("SIGTERM", () => end(143));
  // The terminal was closed: what is being trained is kept.
  process.once("SIGHUP", () => end(129));
  process.once("exit", part);
  process.stdout.on("error", outputFailed);
  const width = Math.min(process.stdout.columns ?? 80, 100);
  try {
    await buildProgram({ io, run, version: versionOfPackage(), width }).parseAsync(argv);
  } catch (error) {
    if (interruption.signal.aborted) return;
    process.exitCode = report(error, argv.includes("--debug"));
  }
}

/** Says last what was kept; at the very end, because what is kept is written after the interruption. */
function part() {
  const { parting } = io;
  if (interruption.signal.aborted && parting) process.stderr.write(`${parting}\n`);
}

/** The exit code of a command is the program's, unless it was interrupted. */
async function run(command: Promise<number>) {
  const exitCode = await command;
  if (!interruption.signal.aborted) process.exitCode = exitCode;
}

/** Prints what went wrong; returns the exit code. */
function report(error: unknown, debug: boolean): number {
  const known = findLabError(error) ?? fromCommander(error);
  if (known === undefined) {
    process.stderr.write(`Something went wrong inside llm-lab: ${rootOf(error)}.\n`);
    process.stderr.write(
      debug ? "" : "Run it again with --debug to see where, and please report it.\n",
    );
  } else if (known.message !== "") {
    process.stderr.write(`${known.message.replace(/(?<![?!.])$/, ".")}\n${known.hint}\n`);
  }
  if (debug && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return known?.exitCode ?? 1;
}

/** What the innermost error says: libraries wrap a cause in words of their own. */
function rootOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootOf(error.cause) : error.message.replace(/\.$/, "");
}

/** Commander's own errors: help and version have been printed and are no failure. */
function fromCommander(error: unknown): LabError | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  if (error.exitCode === 0 || error.code === "commander.help") return new LabError("", "", 0);
  const [message = "", ...more] = error.message.replace(/^error: /, "").split("\n");
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  const suggestion = more.join(" ").replace(/^\(|\)$/g, "");
  return new LabError(sentence, `${suggestion} Run llm-lab --help to see what there is.`.trim(), 2);
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

function versionOfPackage(): string {
  const file = new URL("../package.json", import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}
