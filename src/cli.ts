#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import type { AskFlags } from "./commands/ask.ts";
import type { IndexFlags } from "./commands/index-folder.ts";
import type { CommonOptions, Io } from "./commands/io.ts";
import type { ServeOptions } from "./commands/serve.ts";
import type { TrainOptions } from "./commands/train-settings.ts";
import { quietPackages } from "./config.ts";
import { findLabError, LabError } from "./errors.ts";

const MODEL_HELP = "offline, or the name of a model at OPENAI_BASE_URL or OpenAI";

const EXAMPLES = `
Examples:
  llm-lab                                   choose from a menu
  llm-lab lesson setup                      the first lesson
  llm-lab lesson memory/window --set k=3    one section, with a knob turned
  llm-lab lesson memory/window --params     the knobs of a section
  llm-lab lesson memory --format jsonl      one event a line, for programs
  llm-lab chat summary                      talk, with a memory of your choice
  llm-lab index ~/notes                     read documents of your own
  llm-lab ask "When is the boiler due?"     ask them, with sources
  llm-lab help temperature                  what a word means
  llm-lab doctor                            is all there that lessons need?
  llm-lab serve --port 8484                 for any OpenAI client

No key and no network are needed. To use a real model, set OPENAI_API_KEY, or
OPENAI_BASE_URL for a server that speaks OpenAI's protocol, in the environment
or in a file called .env.`;

const interruption = new AbortController();
const io: Io = {
  stdin: process.stdin,
  stdout: process.stdout,
  signal: interruption.signal,
  interrupt: () => end(130),
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
  try {
    await program().parseAsync(argv);
  } catch (error) {
    if (interruption.signal.aborted) return;
    process.exitCode = report(error, argv.includes("--debug"));
  }
}

function program(): Command {
  const root = new Command("llm-lab")
    .description("A workbook for learning how LLM applications work with LangChain.js.")
    .version(versionOfPackage(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText("after", EXAMPLES)
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 80, 100) })
    .configureOutput({ writeErr: () => {} })
    .exitOverride()
    .allowExcessArguments()
    .action(async (_options: unknown, command: Command) => {
      const [unknown] = command.args;
      if (unknown !== undefined) {
        const { noSuchCommand } = await import("./commands/menu.ts");
        throw noSuchCommand(
          unknown,
          command.commands.map((known) => known.name()),
        );
      }
      await run((await import("./commands/menu.ts")).menu(io));
    });

  root
    .command("help")
    .description("explain a topic of the handbook, or print the help of a command")
    .argument("[topic...]", "a term such as temperature, a question, or a command")
    .addHelpText("after", "\nExamples:\n  llm-lab help context window\n  llm-lab help topics")
    .action(async (words: string[]) => {
      const named = words.length > 0 ? commandIn(root, words) : root;
      if (named) return named.outputHelp();
      const names = root.commands.map((command) => command.name());
      await run((await import("./commands/help.ts")).explain(words.join(" "), names, io));
    });

  root
    .command("list")
    .description("list the lessons and their sections")
    .action(async () => (await import("./commands/list.ts")).list(io));

  withModel(root.command("lesson"))
    .description("play a lesson, or one section of it")
    .argument("[id]", "a lesson such as memory, or a section such as memory/window")
    .option("--params", "print the params of the lesson or section, and stop")
    .option("--file <csv>", "a table of your own, for lessons that read one")
    .option("--answers <list>", "answers to the lesson's questions, in order: yes,no,2")
    .addHelpText("after", "\nExample:\n  llm-lab lesson memory/window --set k=3 --set name=Grace")
    .action(async (id: string | undefined, options: CommonOptions & { params?: boolean }) => {
      const { playLesson } = await import("./commands/lesson.ts");
      await run(playLesson(id, options, io));
    });

  withModel(root.command("chat"))
    .description("have a conversation of your own with a memory: buffer, window, token, summary …")
    .argument("[memory]", "the kind of memory")
    .option("--params", "print the params of the memory, and stop")
    .addHelpText(
      "after",
      '\nExample:\n  printf "I am Ada.\\nWho am I?\\n" | llm-lab chat window --set k=1',
    )
    .action(async (kind: string | undefined, options: CommonOptions & { params?: boolean }) => {
      const { chat } = await import("./commands/chat.ts");
      await run(chat(kind, options, io));
    });

  withEndpoint(
    root
      .command("index")
      .description("read a folder's Markdown, text, HTML and PDF files, so that they can be asked")
      .argument(
        "<folder>",
        "the folder; what .gitignore names, hidden files and links are left out",
      )
      .option("--into <place>", "the store's folder, or its server's address")
      .option("--store <name>", "lancedb, pgvector, qdrant, or the address of a server")
      .option("--chunk-size <characters>", "the most that a chunk has", "800")
      .option("--chunk-overlap <characters>", "the most that a chunk has of the one before", "100")
      .option("--max-size <MB>", "the largest file that is read", "10")
      .option("--batch <chunks>", "how many are embedded and stored at once", "128")
      .option("--format <format>", "auto, plain or jsonl", "auto")
      .option("--full", "name every file that was left out"),
  )
    .addHelpText(
      "after",
      `
Run it again whenever files have changed: only what is new is embedded, and what
is gone leaves. It may be interrupted at any moment.

Example:
  llm-lab index ~/notes && llm-lab ask "When does the boiler need a service?"`,
    )
    .action(async (folder: string, options: IndexFlags) => {
      const { indexFolder } = await import("./commands/index-folder.ts");
      await run(indexFolder(folder, options, io));
    });

  withEndpoint(
    root
      .command("ask")
      .description("ask the documents that were indexed; the answer names its sources")
      .argument("<question...>", "in quotation marks, so that the shell leaves it alone")
      .option("--in <place>", "the store's folder, or its server's address")
      .option("--store <name>", "lancedb, pgvector, qdrant, memory, or the address of a server")
      .option("--handbook", "ask the handbook that llm-lab brings along")
      .option("--k <number>", "how many passages the model is given", "4")
      .option("--min-score <number>", "how near a passage must be, from 0 to 1")
      .option("--show-prompt", "print the prompt as it was sent")
      .option("--format <format>", "auto, plain, json or jsonl", "auto"),
  )
    .addHelpText(
      "after",
      `
Offline, the answer is a quotation; where the documents have none, it says so.
With --store memory, --in names a folder of documents, which is indexed for this
question only.

Example:
  llm-lab ask "How do I mend a puncture?" --show-prompt`,
    )
    .action(async (question: string[], options: AskFlags) => {
      const { ask } = await import("./commands/ask.ts");
      await run(ask(question.join(" "), options, io));
    });

  root
    .command("train")
    .description("train a tiny language model from nothing, on this machine")
    .option("--steps <number>", "steps of pre-training, 2000 if not given")
    .option("--layers <number>", "layers of the model, 1 to 8")
    .option("--width <number>", "values for each token, 16 to 256 in steps of 16")
    .option("--seed <number>", "what chance starts from: the same seed, the same model")
    .option("--corpus <path>", "text of your own: a file, or a folder")
    .option("--out <folder>", "where the checkpoints go", "tiny-model")
    .option("--threads <number>", "threads, 1 to 4")
    .option("--kernels <kind>", "simd, fused (faster, other last bits) or plain")
    .option("--format <format>", "auto, plain or jsonl", "auto")
    .option("--debug", "print the stack of an error")
    .addHelpText(
      "after",
      "\nExample:\n  llm-lab train --steps 500 --corpus ~/notes --out notes-model",
    )
    .action(async (options: TrainOptions) => {
      const { train } = await import("./commands/train.ts");
      await run(train(options, io));
    });

  root
    .command("doctor")
    .description("look at what lessons need, and say what is missing")
    .option("--model <name>", "the model to try")
    .option("--timeout <seconds>", "how long a silent endpoint is waited for")
    .option("--json", "print the findings as JSON")
    .option("--debug", "print the stack of an error")
    .action(async (options: CommonOptions & { json?: boolean }) => {
      const { doctor } = await import("./commands/doctor.ts");
      await run(doctor(options, io));
    });

  root
    .command("serve")
    .description("serve the offline model over HTTP, for any OpenAI client")
    .option("--port <number>", "the port; 0 takes any that is free", "8484")
    .option("--host <address>", "the address to listen at, loopback if not given")
    .option("--token <word>", "the key that clients must send; needed outside loopback")
    .option("--debug", "print the stack of an error")
    .addHelpText(
      "after",
      "\nExample:\n  OPENAI_BASE_URL=http://127.0.0.1:8484/v1 OPENAI_API_KEY=none python my_notebook.py",
    )
    .action(async (options: ServeOptions) => {
      const { serve } = await import("./commands/serve.ts");
      await run(serve(options, io));
    });

  return root;
}

/** Says last what was kept; at the very end, because what is kept is written after the interruption. */
function part() {
  const { parting } = io;
  if (interruption.signal.aborted && parting) process.stderr.write(`${parting}\n`);
}

/** The command that words name, if they name one and nothing else. */
function commandIn(root: Command, [name, ...more]: string[]): Command | undefined {
  if (more.length > 0) return undefined;
  return root.commands.find((command) => command.name() === name);
}

/** The exit code of a command is the program's, unless it was interrupted. */
async function run(command: Promise<number>) {
  const exitCode = await command;
  if (!interruption.signal.aborted) process.exitCode = exitCode;
}

/** For commands that embed: the endpoint, its models, and what they may cost. */
function withEndpoint(command: Command): Command {
  return command
    .option("--model <name>", MODEL_HELP)
    .option("--embedding-model <name>", "the model that makes vectors, where it has another name")
    .option("--yes", "do not ask before a run that costs money")
    .option("--budget <dollars>", "stop when it has cost so much")
    .option("--prices <json>", "prices of your own, US dollars per million tokens")
    .option("--timeout <seconds>", "how long a silent endpoint is waited for")
    .option("--debug", "print the stack of an error");
}

function withModel(command: Command): Command {
  return command
    .option("--set <name=value>", "set a param; may be given several times", collect)
    .option("--model <name>", MODEL_HELP)
    .option("--format <format>", "auto, plain or jsonl", "auto")
    .option("--full", "do not fold long prompts")
    .option("--record <tape>", "write all requests and replies to a file")
    .option("--replay <tape>", "take the replies from such a file: no key, no network")
    .option("--speed <factor>", "timing of a replay: 1 as it was, 2 twice as fast, 0 none")
    .option("--yes", "do not ask before a run that costs money")
    .option("--budget <dollars>", "stop a run when it has cost so much")
    .option("--prices <json>", "prices of your own, US dollars per million tokens")
    .option("--timeout <seconds>", "how long a silent endpoint is waited for")
    .option("--langsmith", "let LangSmith trace the run, as its variables say")
    .option("--debug", "print the stack of an error");
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
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
