import { Command, Option } from "commander";
import { LabError } from "../errors.ts";
import type { Flags, OptionsOf } from "../run/flag.ts";
import type { Io } from "../run/io.ts";

/**
 * One command: what it is called, what it takes, and what it does. Its help, types and defaults
 * come from here.
 */
export interface Verb<F extends Flags = Flags> {
  name: string;
  summary: string;
  /** as commander writes arguments: "<folder>", "[topic...]" */
  argument?: { spec: string; help: string };
  flags: F;
  /** What may have been meant by words after the last argument, as a hint. */
  meantBy?(words: string[]): string;
  /** what stands below the help: examples, and what to know */
  notes?: string;
  hidden?: boolean;
  /** whether its argument is another program, whose flags are its own */
  takesProgram?: boolean;
  /** whether flags that it does not know are words like others, as in a question about a flag */
  takesFlags?: boolean;
  /** Does it; what it needs is loaded here, so that `--help` stays quick. @returns the exit code */
  run(words: string[], options: OptionsOf<F>, io: Io): Promise<number>;
}

export function verb<const F extends Flags>(of: Verb<F>): Verb<F> {
  return of;
}

/** Takes a command's exit code as the program's. */
export type Finish = (exitCode: Promise<number>) => Promise<void>;

/** The commander command of a verb. */
export function commandOf(of: Verb, io: Io, finish: Finish): Command {
  const command = new Command(of.name).description(of.summary);
  if (of.argument) command.argument(of.argument.spec, of.argument.help);
  for (const [name, { spec, help, default: usual, parse }] of Object.entries(of.flags)) {
    const option = new Option(spec, help);
    if (option.attributeName() !== name) throw new Error(`the flag ${spec} is named ${name}`);
    if (parse) option.argParser((typed, before) => parse(typed, before ?? usual));
    if (typeof usual === "string" || typeof usual === "number") option.default(usual);
    command.addOption(option);
  }
  if (of.takesProgram) command.passThroughOptions();
  if (of.takesFlags) command.allowUnknownOption();
  command.option("--debug", "print the stack of an error");
  if (of.notes) command.addHelpText("after", `\n${of.notes}`);
  return command.allowExcessArguments().action(async () => {
    const most = of.argument === undefined ? 0 : of.argument.spec.includes("...") ? Infinity : 1;
    if (command.args.length > most) throw tooMany(of, command.args, most);
    const options = { ...defaultsOf(of.flags), ...command.opts() } as OptionsOf<Flags>;
    await finish(of.run(command.args, options, io));
  });
}

function tooMany(of: Verb, words: string[], most: number): LabError {
  const left = words.slice(most).map((word) => `"${word}"`);
  const takes = most === 0 ? "takes no arguments" : `takes one argument, ${of.argument?.spec}`;
  return new LabError(
    `llm-lab ${of.name} ${takes}: ${left.join(", ")} ${left.length === 1 ? "is" : "are"} left over`,
    of.meantBy?.(words) ?? `llm-lab ${of.name} --help shows what it takes.`,
    2,
  );
}

/** Runs a verb with a word and the defaults of its other flags, as the menu does. */
export function runVerb<F extends Flags>(
  of: Verb<F>,
  word: string | undefined,
  io: Io,
  options: Partial<OptionsOf<F>> = {},
): Promise<number> {
  const words = word === undefined ? [] : [word];
  return of.run(words, { ...defaultsOf(of.flags), ...options } as OptionsOf<F>, io);
}

/** Commander would print the default of every switch and list, so these are filled in here. */
function defaultsOf(flags: Flags): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).map(([name, one]) => [name, one.default]));
}
