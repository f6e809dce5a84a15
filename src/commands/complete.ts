import titles from "lab:titles";
import { RootCommand, script } from "@bomb.sh/tab";
import { curriculum } from "../../lessons/index.ts";
import { LabError } from "../errors.ts";
import { handbook } from "../handbook/handbook.ts";
import { chooseSections } from "../lesson/load.ts";
import type { ParamSpecs } from "../lesson/params.ts";
import { FAULTS } from "../model/fault.ts";
import { type Io, printStyled } from "../run/io.ts";
import { suggest } from "../suggest.ts";
import { STORE_NAMES } from "../vector/engines.ts";
import { readExercises } from "../workbook/exercises.ts";
import { findLesson, loadAll } from "./find-lesson.ts";
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
  open: lessonWords,
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
const FLAGS: Record<string, (typing: Typing) => Word[] | Promise<Word[]>> = {
  "--format": plainWords(["auto", "plain", "json", "jsonl"]),
  "--fault": plainWords(FAULTS),
  "--store": plainWords(STORE_NAMES),
  "--model": plainWords(["offline"]),
  "--lang": async () => plainWords(await languages())(),
  "--set": settingWords,
};

/** What a shell does with the words: bits of a number, as it comes from cobra. */
const FILES = 0;
const NO_SPACE = 2;
const NO_FILES = 4;

/** The program that a shell loads, so that it completes commands of llm-lab. */
export function printScript(shell: string | undefined, io: Io): number {
  if (shell === undefined || !SHELLS.includes(shell)) {
    const hint = `${shell === undefined ? "" : suggest(shell, SHELLS)}There is ${SHELLS.join(", ")}.`;
    const asked = shell === undefined ? "Which shell?" : `There is no shell "${shell}" here`;
    throw new LabError(asked, hint, 2);
  }
  const text =
    shell === "bash"
      ? BASH
      : // Its program for fish would take --set=k= for a flag of fish's own.
        captured(() => script(shell, "llm-lab", "llm-lab")).replace("--max 1", "--max 1 --");
  printStyled(io, [text]);
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
  const typing = verb && rest.length > 0 ? typingOf(verb, rest) : undefined;
  const known = typing?.flag === undefined ? undefined : FLAGS[typing.flag];
  if (typing && known) printStyled(io, offer(typing, await known(typing)));
  else if (typing && isPath(typing)) printStyled(io, [`:${FILES}`]);
  // A word without a meaning ends with its tab, which zsh would show as a dash.
  else printStyled(io, [captured(() => rootOf(verbs).parse(words)).replaceAll(/\t$/gm, "")]);
  return 0;
}

/** The last word of a command line, which is being typed. */
interface Typing {
  verb: Verb;
  /** the arguments before it */
  before: string[];
  /** the flag whose value it is */
  flag?: string;
  typed: string;
  /** whether it was typed as --flag=value */
  isGlued?: boolean;
}

function typingOf(verb: Verb, words: readonly string[]): Typing {
  const before: string[] = [];
  let flag: string | undefined;
  for (const word of words.slice(0, -1)) {
    const isArgument = flag === undefined && !word.startsWith("-");
    flag = !isArgument && takesValue(verb, word) ? word : undefined;
    if (isArgument) before.push(word);
  }
  const last = words.at(-1) ?? "";
  const [, named, typed] = /^(--[^=]+)=(.*)$/.exec(last) ?? [];
  if (named !== undefined && typed !== undefined)
    return { verb, before, flag: named, typed, isGlued: true };
  return { verb, before, flag: last.startsWith("-") ? undefined : flag, typed: last };
}

function takesValue(verb: Verb, flag: string): boolean {
  return Object.values(verb.flags).some(({ spec }) => spec.startsWith(`${flag} `));
}

function isPath({ verb, flag, typed }: Typing): boolean {
  if (flag !== undefined) return true;
  return !typed.startsWith("-") && verb.argument !== undefined && !(verb.name in ARGUMENTS);
}

/** The words that go on from what was typed. After `--set k=` the value may follow at once. */
function offer({ typed, isGlued }: Typing, words: readonly Word[]): string[] {
  const found = words.filter(([value]) => value.startsWith(typed));
  const goesOn = found.length > 0 && found.every(([value]) => value.endsWith("="));
  // Shells write what stands before the last = of --flag=value themselves.
  const from = isGlued ? typed.lastIndexOf("=") + 1 : 0;
  const lines = found.map(([value, about]) =>
    about === "" ? value.slice(from) : `${value.slice(from)}\t${about}`,
  );
  return [...lines, `:${goesOn ? NO_FILES + NO_SPACE : NO_FILES}`];
}

/** What may be set: `k=`, and after it the values, where they are a list. */
async function settingWords(typing: Typing): Promise<Word[]> {
  const specs = await paramsOf(typing);
  const [, name] = /^(\w+)=/.exec(typing.typed) ?? [];
  if (name === undefined)
    return Object.entries(specs).map(([key, { help, range }]) => [`${key}=`, `${help}; ${range}`]);
  const choices = Object.hasOwn(specs, name) ? specs[name]?.choices : undefined;
  return (choices ?? []).map((value) => [`${name}=${value}`, ""]);
}

/** The params of what the command line names: a memory, a lesson, one section of it, or none. */
async function paramsOf({ verb, before }: Typing): Promise<ParamSpecs> {
  const [id = "", section] = before;
  if (verb.name === "chat") {
    const { memoryKinds } = await import("../chat/kinds.ts");
    return (Object.hasOwn(memoryKinds, id) && memoryKinds[id]?.params) || {};
  }
  try {
    const found = await findLesson(section === undefined ? id : `${id}/${section}`);
    const sections = await loadAll(found.lesson, chooseSections(found.lesson, found.section));
    return Object.assign({}, ...sections.map(({ params }) => params));
  } catch (error) {
    // What is not there has nothing to set; llm-lab says so once the line is entered.
    if (error instanceof LabError) return {};
    throw error;
  }
}

function rootOf(verbs: readonly Verb[]): RootCommand {
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
      else command.option(flag.slice(2), help, () => {});
    }
  }
  return root;
}

/** What the library prints, which it does by itself. */
function captured(printing: () => void): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: unknown) => void lines.push(String(line));
  try {
    printing();
  } finally {
    console.log = log;
  }
  return lines.join("\n");
}

/**
 * The library's program for bash needs the package bash-completion, offers no files, and runs what
 * a line holds in $(…) when the tab key is pressed. This one runs in bash 3.2 and later, alone.
 */
const BASH = `# bash completion for llm-lab

__llm_lab_complete() {
    local line=\${COMP_LINE:0:COMP_POINT} cur flag="" kept="" value about directive=0
    local -a words
    # Bash itself would cut the words at each = and :.
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=("")
    cur=\${words[\${#words[@]}-1]}
    # The words that follow --flag= come without it.
    [[ $cur == -*=* ]] && flag=\${cur%"\${cur##*=}"}
    # Bash puts a word in place of what stands after the last =.
    [[ $COMP_WORDBREAKS == *=* ]] && kept=\${cur%"\${cur##*=}"}
    COMPREPLY=()
    while IFS=$'\\t' read -r value about; do
        if [[ $value =~ ^:[0-9]+$ ]]; then
            directive=\${value#:}
        elif [[ -n $value && $flag$value == "$cur"* ]]; then
            value=$flag$value
            COMPREPLY+=("\${value#"$kept"}")
        fi
    done < <(llm-lab complete -- "\${words[@]:1}" 2>/dev/null)
    # Bash 3.2, which macOS has, has no compopt.
    if (( directive & 2 )); then
        compopt -o nospace 2>/dev/null
    fi
    if (( (directive & 4) == 0 && \${#COMPREPLY[@]} == 0 )); then
        local IFS=$'\\n'
        compopt -o default 2>/dev/null || COMPREPLY=( $(compgen -f -- "\${cur#"$kept"}") )
    fi
}

complete -F __llm_lab_complete llm-lab
`;
