import type { Writable } from "node:stream";
import { LabError } from "../errors.ts";
import type { ColorLevel } from "../term/style.ts";
import { cleanStage } from "./clean-stage.ts";
import type { Keyboard } from "./keys.ts";
import { WIDEST } from "./look.ts";
import type { Stage } from "./port.ts";

export interface PickOptions {
  format: string;
  /** answers to the lesson's questions, with commas between them */
  answers?: string;
  unfolded: boolean;
  /** what the environment says; see config.ts */
  facts: {
    color: boolean | undefined;
    dumb: boolean;
    ci: boolean;
    columns: number | undefined;
    rows: number | undefined;
  };
  stdin: Keyboard;
  stdout: Writable & { isTTY?: boolean; columns?: number; rows?: number };
  interrupt(): void;
}

const FORMATS = ["auto", "plain", "jsonl", "json"];

/**
 * Chooses the stage of a run, once: a person at a terminal gets one that asks, everything else one
 * that does not.
 */
export async function pickStage(options: PickOptions): Promise<Stage> {
  const { format, answers } = options;
  if (!FORMATS.includes(format))
    throw new LabError(`Unknown format "${format}"`, `The formats are ${FORMATS.join(", ")}.`, 2);
  const stage = format.startsWith("json")
    ? await pickJson(options)
    : cleanStage(await pickText(options));
  if (answers === undefined) return stage;
  const { scriptedStage } = await import("./scripted.ts");
  return scriptedStage({ answers: answers.split(","), inner: stage });
}

interface BesideOptions {
  facts: PickOptions["facts"];
  /** where the text goes */
  output: PickOptions["stdout"];
  unfolded: boolean;
  /** the output of the program beside which it is shown; undefined where there is none */
  other: PickOptions["stdout"] | undefined;
}

/** The stage of a run that is shown beside another program's output. */
export async function pickBeside({ facts, output, unfolded, other }: BesideOptions) {
  const { width, level } = await pickLook({ facts, stdout: output });
  const isShared = output.isTTY === true && other?.isTTY === true;
  const sharedColumns = isShared && !facts.dumb ? output.columns || facts.columns || 80 : undefined;
  const { besideStage } = await import("./beside.ts");
  const write = writerTo(output);
  return cleanStage(besideStage({ write, width, level, unfolded, sharedColumns }));
}

/** What the output is, in words: for `doctor`. */
export function describeTerminal(facts: PickOptions["facts"], stdout: PickOptions["stdout"]) {
  const size = stdout.isTTY
    ? `${stdout.columns} columns, ${stdout.rows} rows`
    : "no terminal, so nothing is asked";
  const color = facts.color === false ? "no colour" : facts.color ? "colour" : "colour if it can";
  return {
    what: "terminal",
    state: "good" as const,
    seen: `${size}; ${facts.dumb ? "dumb, plain text" : color}`,
  };
}

async function pickJson({ format, stdout }: PickOptions): Promise<Stage> {
  const write = writerTo(stdout);
  if (format === "json") return (await import("./json.ts")).jsonStage({ write });
  return (await import("./jsonl.ts")).jsonlStage({ write });
}

async function pickText(options: PickOptions): Promise<Stage> {
  const { format, facts, stdin, stdout, unfolded, interrupt } = options;
  const { width, level } = await pickLook(options);
  const highlight =
    level === 0
      ? (code: string) => code
      : (await import("../term/highlight.ts")).createHighlighter(level);
  const isPerson = stdin.isTTY === true && stdout.isTTY === true && !facts.dumb && !facts.ci;
  if (format === "auto" && isPerson) {
    const { TerminalStage } = await import("./terminal.ts");
    return new TerminalStage({
      input: stdin,
      output: stdout,
      level,
      unfolded,
      highlight,
      interrupt,
      columns: facts.columns,
      rows: facts.rows,
    });
  }
  const { plainStage } = await import("./plain.ts");
  return plainStage({ write: writerTo(stdout), width, level, unfolded, highlight });
}

/** How wide text may be, and how colourful, where it goes. */
export async function pickLook(options: Pick<PickOptions, "facts" | "stdout">) {
  const { facts, stdout } = options;
  const width = (stdout.isTTY && stdout.columns) || facts.columns || 80;
  return { width: Math.min(width, WIDEST), level: await colorLevel(options) };
}

async function colorLevel({
  facts,
  stdout,
}: Pick<PickOptions, "facts" | "stdout">): Promise<ColorLevel> {
  if (facts.color === false || (!stdout.isTTY && facts.color !== true)) return 0;
  const { supportsColor } = await import("chalk");
  const level = supportsColor === false ? 0 : (supportsColor.level as ColorLevel);
  return facts.color === true && level === 0 ? 1 : level;
}

/** Writes text; waits where the reader is slower than we are. */
function writerTo(output: Writable): (text: string) => void | Promise<void> {
  return (text) => {
    if (output.destroyed || output.write(text)) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        output.off("drain", done);
        output.off("close", done);
        output.off("error", done);
        resolve();
      };
      output.on("drain", done);
      output.on("close", done);
      output.on("error", done);
    });
  };
}
