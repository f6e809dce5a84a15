import titles from "lab:titles";
import { RootCommand, script } from "@bomb.sh/tab";
import { curriculum } from "../../lessons/index.ts";
import { LabError } from "../errors.ts";
import { handbook } from "../handbook/handbook.ts";
import { FAULTS } from "../model/fault.ts";
import { type Io, printStyled } from "../run/io.ts";
import { suggest } from "../suggest.ts";
import { STORE_NAMES } from "../vector/engines.ts";
import { readExercises } from "../workbook/exercises.ts";
import { languages } from "./language.ts";
import type { Verb } from "./verb.ts";

export const SHELLS = ["bash", "zsh", "fish", "powershell"];

/** A word that may be typed, and what it means. */
type Word = [value: string, about: string];

const lessonWords = (): Word[] =>
  curriculum.flatMap(({ id, title, sections }): Word[] => [
    [id, title],
    ...sections.map((name): Word => [`${id}/${name}`, titles[`${id}/${name}`] ?? ""]),
  ]);
const exerciseWords = () => readExercises().map(({ name, title }): Word => [name, title]);
const topicWords = () => handbook().map(({ id, title }): Word => [id, title]);
const plainWords = (words: readonly string[]) => () => words.map((word): Word => [word, ""]);

/** What the argument of a command may be; a command that is not here takes a path. */
const ARGUMENTS: Record<string, () => Word[]> = {
  lesson: lessonWords,
  code: lessonWords,
  verify: lessonWords,
  help: topicWords,
  watch: exerciseWords,
  check: exerciseWords,
  hint: exerciseWords,
  solution: exerciseWords,
  reset: exerciseWords,
  chat: plainWords(["buffer", "window", "token", "summary", "summary-buffer"]),
  completion: plainWords(SHELLS),
};

/** What a flag may be; a flag that is not here takes a path, a name or a number. */
const FLAGS: Record<string, () => Word[] | Promise<Word[]>> = {
  "--format": plainWords(["auto", "plain", "json", "jsonl"]),
  "--fault": plainWords(FAULTS),
  "--store": plainWords(STORE_NAMES),
  "--model": plainWords(["offline"]),
  "--lang": async () => plainWords(await languages())(),
};

/** The program that a shell loads, so that it completes commands of llm-lab. */
export function printScript(shell: string | undefined, io: Io): number {
  if (shell === undefined || !SHELLS.includes(shell)) {
    const hint = `${shell === undefined ? "" : suggest(shell, SHELLS)}There is ${SHELLS.join(", ")}.`;
    const asked = shell === undefined ? "Which shell?" : `There is no shell "${shell}" here`;
    throw new LabError(asked, hint, 2);
  }
  captured(io, () => script(shell, "llm-lab", "llm-lab"));
  return 0;
}

/** Prints what may follow the words of a command line; the last of them is being typed. */
export async function printCompletions(
  words: string[],
  verbs: readonly Verb[],
  io: Io,
): Promise<number> {
  const [name = "", ...rest] = words;
  const verb = verbs.find((one) => one.name === name);
  const before = rest.at(-2) ?? "";
  const isFlag = rest.at(-1)?.startsWith("-") ?? false;
  const takesPath = verb && verb.argument !== undefined && !(name in ARGUMENTS);
  const isValueOfOwn = /^--/.test(before) && !(before in FLAGS) && takesValue(verb, before);
  if (rest.length > 0 && !isFlag && (isValueOfOwn || (takesPath && !(before in FLAGS)))) {
    // The shell completes files.
    printStyled(io, [":0"]);
    return 0;
  }
  const values = (await FLAGS[before]?.()) ?? [];
  captured(io, () => rootOf(verbs, values).parse(words));
  return 0;
}

function takesValue(verb: Verb | undefined, flag: string): boolean {
  return Object.values(verb?.flags ?? {}).some(({ spec }) => spec.startsWith(`${flag} `));
}

/** @param values what the flag may be that stands before the word that is being typed */
function rootOf(verbs: readonly Verb[], values: readonly Word[]): RootCommand {
  const root = new RootCommand();
  for (const { name, summary, flags, argument } of verbs.filter(({ hidden }) => !hidden)) {
    const command = root.command(name, summary);
    const words = ARGUMENTS[name];
    if (argument && words)
      command.argument(argument.spec, (complete) => {
        for (const [value, about] of words()) complete(value, about);
      });
    for (const { spec, help } of Object.values(flags)) {
      const [flag = "", value] = spec.split(" ");
      if (value === undefined) command.option(flag.slice(2), help);
      else
        command.option(flag.slice(2), help, (complete) => {
          for (const [word, about] of values) complete(word, about);
        });
    }
  }
  return root;
}

/** The library prints by itself; what it prints goes where everything of llm-lab goes. */
function captured(io: Io, printing: () => void): void {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: unknown) => void lines.push(String(line));
  try {
    printing();
  } finally {
    console.log = log;
  }
  // Bash would complain of its constants where its settings are read twice.
  printStyled(io, [lines.join("\n").replaceAll(/^readonly /gm, "")]);
}
