import { Command } from "commander";
import { LabError } from "../errors.ts";
import { toggle } from "../run/flag.ts";
import { type Io, print } from "../run/io.ts";
import { suggest } from "../suggest.ts";
import { ask } from "./ask.ts";
import { certificate } from "./certificate.ts";
import { chat } from "./chat.ts";
import { check } from "./check.ts";
import { code } from "./code.ts";
import { completion } from "./completion.ts";
import { diff } from "./diff.ts";
import { doctor } from "./doctor.ts";
import { hint } from "./hint.ts";
import { indexFolder } from "./index-folder.ts";
import { init } from "./init.ts";
import { lesson } from "./lesson.ts";
import { list } from "./list.ts";
import { open } from "./open.ts";
import { progress } from "./progress.ts";
import { quiz } from "./quiz.ts";
import { report } from "./report.ts";
import { reset } from "./reset.ts";
import { serve } from "./serve.ts";
import { solution } from "./solution.ts";
import { train } from "./train.ts";
import { commandOf, type Finish, type Verb, verb } from "./verb.ts";
import { verify } from "./verify.ts";
import { watch } from "./watch.ts";
import { writeToStore } from "./write-to-store.ts";
import { xray } from "./xray.ts";

const EXAMPLES = `
Examples:
  llm-lab                                   choose from a menu
  llm-lab lesson setup                      the first lesson
  llm-lab lesson memory/window --set k=3    one section, with a knob turned
  llm-lab lesson memory/window --params     the knobs of a section
  llm-lab lesson memory --format jsonl      one event a line, for programs
  llm-lab open memory                       lessons in a browser
  llm-lab code memory/window                a section as a program of yours
  llm-lab init                              exercises: a folder of your own
  llm-lab watch                             check an exercise at each save
  llm-lab chat summary                      talk, with a memory of your choice
  llm-lab index ~/notes                     read documents of your own
  llm-lab ask "When is the boiler due?"     ask them, with sources
  llm-lab help temperature                  what a word means
  llm-lab doctor                            is all there that lessons need?
  llm-lab serve --port 8484                 for any OpenAI client
  llm-lab xray -- node app.mjs              the calls of a program of yours
  llm-lab lesson memory --report out.html   a page of the run, to read or print

No key and no network are needed. To use a real model, set OPENAI_API_KEY, or
OPENAI_BASE_URL for a server that speaks OpenAI's protocol, in the environment
or in a file called .env.`;

export interface ProgramOptions {
  io: Io;
  /** takes a command's exit code as the program's */
  finish: Finish;
  version: string;
  /** columns of help texts */
  width: number;
}

/** All verbs as one program; each loads what it needs when it runs. */
export function buildProgram({ io, finish, version, width }: ProgramOptions): Command {
  const root = new Command("llm-lab")
    .description("A workbook for learning how LLM applications work with LangChain.js.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .option("--debug", "print the stack of an error")
    .helpCommand(false)
    .addHelpText("after", EXAMPLES)
    .configureHelp({ helpWidth: width, subcommandTerm: termOf })
    .configureOutput({ writeOut: (text) => print(io, text), writeErr: () => {} })
    .allowExcessArguments()
    .enablePositionalOptions()
    .exitOverride();
  const verbs: Verb[] = [
    helpOn(root, () => verbs),
    list,
    lesson,
    open,
    init,
    watch,
    check,
    hint,
    solution,
    reset,
    quiz,
    progress,
    certificate,
    code,
    chat,
    indexFolder,
    ask,
    train,
    doctor,
    serve,
    verify,
    xray,
    diff,
    report,
    completion,
    writeToStore,
  ] as Verb[];
  verbs.push(completeOf(verbs) as Verb);
  for (const one of verbs) {
    const command = commandOf(one, io, finish).copyInheritedSettings(root);
    root.addCommand(command, { hidden: one.hidden });
  }
  return root.action(async () => {
    const [unknown] = root.args;
    if (unknown !== undefined) throw unknownCommand(unknown, namesIn(root));
    await finish((await import("./menu.ts")).menu(io));
  });
}

/** `llm-lab help`: a topic of the handbook, or the help of a command. */
function helpOn(root: Command, verbs: () => readonly Verb[]): Verb {
  const help = verb({
    name: "help",
    summary: "explain a topic of the handbook, or print the help of a command",
    argument: {
      spec: "[topic...]",
      help: "a term, a question, a command, a section such as memory/window, a param, a flag or a variable",
    },
    flags: {
      more: toggle("--more", "all that there is on a topic"),
      chapter: toggle("--chapter", "the whole chapter that a topic stands in"),
    },
    takesFlags: true,
    notes: `Examples:
  llm-lab help context window
  llm-lab help temperature --more
  llm-lab help memory/window
  llm-lab help topics`,
    async run(words, options, io) {
      const [name, ...more] = words;
      const named = root.commands.find((command) => command.name() === name);
      if (name === undefined) root.outputHelp();
      else if (named && more.length === 0) named.outputHelp();
      else return (await import("./explain.ts")).explain(words.join(" "), options, verbs(), io);
      return 0;
    },
  });
  return help as Verb;
}

/** What a shell asks for words that may follow; the script of `llm-lab completion` calls it. */
function completeOf(verbs: readonly Verb[]): Verb {
  return verb({
    name: "complete",
    summary: "tell a shell what may follow",
    argument: { spec: "[words...]", help: "the words that were typed, the last one in part" },
    flags: {},
    hidden: true,
    async run(words, _options, io) {
      return (await import("./complete.ts")).printCompletions(words, verbs, io);
    },
  });
}

/** A command in the list of commands: its name, and what it is given. */
function termOf(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(" ");
}

/** The commands that are for people. */
function namesIn(root: Command): string[] {
  const hidden = [writeToStore.name, "complete"];
  return root.commands.map((command) => command.name()).filter((name) => !hidden.includes(name));
}

function unknownCommand(typed: string, known: string[]): LabError {
  return new LabError(
    `Unknown command "${typed}"`,
    `${suggest(typed, known)}The commands are ${known.join(", ")}.`,
    2,
  );
}
