import type { Writable } from "node:stream";
import { CommanderError } from "commander";
import { clean } from "./clean.ts";
import { buildProgram } from "./commands/program.ts";
import { quietPackages } from "./config.ts";
import { findLabError, LabError, rootOf, sentenceOf } from "./errors.ts";
import { withoutSecrets } from "./mask.ts";
import { packageVersion } from "./package-file.ts";
import type { Io } from "./run/io.ts";
import { wrap } from "./term/text.ts";

/**
 * Runs one command line.
 *
 * @returns the exit code, or undefined when the run was interrupted: whoever interrupted it knows
 *   the code
 */
export async function main(
  argv: string[],
  io: Io,
  stderr: ErrorOutput,
): Promise<number | undefined> {
  // What stands after -- is another program's.
  const own = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  quietPackages(undefined, own.includes("--langsmith"));
  let exitCode = 0;
  const finish = async (command: Promise<number>) => {
    exitCode = await command;
  };
  const width = Math.min(io.stdout.columns ?? 80, 100);
  try {
    await buildProgram({ io, finish, version: packageVersion(), width }).parseAsync(argv);
  } catch (error) {
    if (!io.signal.aborted) exitCode = report(error, own.includes("--debug"), stderr);
  }
  return io.signal.aborted ? undefined : exitCode;
}

/** Prints what went wrong, in lines as wide as a terminal; returns the exit code. */
export function report(error: unknown, debug: boolean, stderr: ErrorOutput): number {
  const width = stderr.columns || Number.POSITIVE_INFINITY;
  const fit = (line: string) => (line.length > width ? wrap(line, width) : [line]);
  const say = (text: string) =>
    stderr.write(`${clean(withoutSecrets(text)).split("\n").flatMap(fit).join("\n")}\n`);
  const known = findLabError(error) ?? fromCommander(error);
  if (known === undefined) {
    say(`Something went wrong inside llm-lab: ${rootOf(error)}.`);
    if (!debug) say("Run it again with --debug to see where, and please report it.");
  } else if (known.message !== "") {
    say(`${sentenceOf(known)}\n${known.hint}`);
  }
  if (debug && error instanceof Error) say(`${error.stack}`);
  return known?.exitCode ?? 1;
}

interface ErrorOutput extends Pick<Writable, "write"> {
  /** of a terminal alone */
  columns?: number;
}

/** Commander's own errors: help and version were printed, which is not a failure. */
function fromCommander(error: unknown): LabError | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  if (error.exitCode === 0 || error.code === "commander.help") return new LabError("", "", 0);
  const [message = "", ...more] = error.message.replace(/^error: /, "").split("\n");
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  const suggestion = more.join(" ").replace(/^\(|\)$/g, "");
  return new LabError(sentence, `${suggestion} Run llm-lab --help to see what there is.`.trim(), 2);
}
