import { Command } from "commander";
import type { CommonOptions, Io } from "../run/io.ts";
import { describeChoices } from "../vector/engines.ts";
import type { AskFlags } from "./ask.ts";
import type { IndexFlags } from "./index-folder.ts";
import type { ServeOptions } from "./serve.ts";
import type { TrainOptions } from "./train-settings.ts";

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

export interface ProgramOptions {
  io: Io;
  /** takes a command's exit code as the program's */
  run(command: Promise<number>): Promise<void>;
  version: string;
  /** columns of help texts */
  width: number;
}

/** All commands with their options; each loads what it needs when it runs. */
export function buildProgram({ io, run, version, width }: ProgramOptions): Command {
  const root = new Command("llm-lab")
    .description("A workbook for learning how LLM applications work with LangChain.js.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .addHelpText("after", EXAMPLES)
    .configureHelp({ helpWidth: width })
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: () => {} })
    .exitOverride()
    .allowExcessArguments()
    .action(async (_options: unknown, command: Command) => {
      const [unknown] = command.args;
      if (unknown !== undefined) {
        const { noSuchCommand } = await import("./menu.ts");
        throw noSuchCommand(
          unknown,
          command.commands.map((known) => known.name()),
        );
      }
      await run((await import("./menu.ts")).menu(io));
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
      await run((await import("./help.ts")).explain(words.join(" "), names, io));
    });

  root
    .command("list")
    .description("list the lessons and their sections")
    .action(async () => (await import("./list.ts")).list(io));

  withModel(root.command("lesson"))
    .description("play a lesson, or one section of it")
    .argument("[id]", "a lesson such as memory, or a section such as memory/window")
    .option("--params", "print the params of the lesson or section, and stop")
    .option("--file <csv>", "a table of your own, for lessons that read one")
    .option("--answers <list>", "answers to the lesson's questions, in order: yes,no,2")
    .option("--store <name|url>", `for vectors: ${describeChoices()}`)
    .addHelpText("after", "\nExample:\n  llm-lab lesson memory/window --set k=3 --set name=Grace")
    .action(async (id: string | undefined, options: CommonOptions & { params?: boolean }) => {
      const { playLesson } = await import("./lesson.ts");
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
      const { chat } = await import("./chat.ts");
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
      .option("--store <name|url>", describeChoices(["memory"]))
      .option("--chunk-size <characters>", "the most that a chunk has", "800")
      .option("--chunk-overlap <characters>", "the most that a chunk has of the one before", "100")
      .option("--max-size <MB>", "the largest file that is read", "10")
      .option("--batch <chunks>", "how many are embedded and stored at once", "128")
      .option("--format <format>", "auto, plain, json or jsonl", "auto")
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
      const { indexFolder } = await import("./index-folder.ts");
      await run(indexFolder(folder, options, io));
    });

  withEndpoint(
    root
      .command("ask")
      .description("ask the documents that were indexed; the answer names its sources")
      .argument("<question...>", "in quotation marks, so that the shell leaves it alone")
      .option("--in <place>", "the store's folder, or its server's address")
      .option("--store <name|url>", describeChoices())
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
      const { ask } = await import("./ask.ts");
      await run(ask(question.join(" "), options, io));
    });

  root
    .command("train")
    .description("train a tiny language model from nothing, on this machine")
    .option("--steps <number>", "steps of pre-training, 1800 if not given")
    .option("--layers <number>", "layers of the model, 1 to 8")
    .option("--width <number>", "values for each token, 16 to 256 in steps of 16")
    .option("--seed <number>", "what chance starts from: the same seed, the same model")
    .option("--corpus <path>", "text of your own: a file, or a folder")
    .option("--out <folder>", "where the checkpoints go", "tiny-model")
    .option("--threads <number>", "threads, 1 to 4")
    .option("--kernels <kind>", "simd, fused (faster, other last bits) or plain")
    .option("--format <format>", "auto, plain, json or jsonl", "auto")
    .option("--debug", "print the stack of an error")
    .addHelpText(
      "after",
      "\nExample:\n  llm-lab train --steps 500 --corpus ~/notes --out notes-model",
    )
    .action(async (options: TrainOptions) => {
      const { train } = await import("./train.ts");
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
      const { doctor } = await import("./doctor.ts");
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
      const { serve } = await import("./serve.ts");
      await run(serve(options, io));
    });

  // Not for people: the lesson about vector stores starts it, to kill it while it writes.
  root.command("write-to-store", { hidden: true }).action(async () => {
    const { writeAsTold } = await import("../kits/vectors/writer.ts");
    await run(writeAsTold(io));
  });

  return root;
}

/** The command that words name, if they name one and nothing else. */
function commandIn(root: Command, [name, ...more]: string[]): Command | undefined {
  if (more.length > 0) return undefined;
  return root.commands.find((command) => command.name() === name);
}

const MODEL_HELP = "offline, or the name of a model at OPENAI_BASE_URL or OpenAI";

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
    .option("--format <format>", "auto, plain, json or jsonl", "auto")
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
