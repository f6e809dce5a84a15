import { Chalk, type ChalkInstance } from "chalk";
import { proseParts } from "./prose.ts";

/** Levels of colour: none, 16 colours, 256 colours, all. */
export type ColorLevel = 0 | 1 | 2 | 3;

type Paint = (text: string) => string;

/**
 * What text looks like, by what it is. The colours are told apart on dark and on light backgrounds
 * and by colour-blind readers, and nothing is told by colour alone.
 */
export interface Style {
  level: ColorLevel;
  title: Paint;
  strong: Paint;
  faint: Paint;
  emphasis: Paint;
  code: Paint;
  fresh: Paint;
  good: Paint;
  bad: Paint;
  template: Paint;
  history: Paint;
  summary: Paint;
  context: Paint;
  input: Paint;
  call: Paint;
  result: Paint;
  reply: Paint;
  series: Paint[];
}

export function createStyle(level: ColorLevel): Style {
  const chalk: ChalkInstance = new Chalk({ level });
  return {
    level,
    title: chalk.bold.blue,
    strong: chalk.bold,
    faint: chalk.dim,
    emphasis: chalk.italic.bold,
    code: level === 0 ? (text) => `\`${text}\`` : chalk.cyan,
    fresh: chalk.bold.yellow,
    good: chalk.green,
    bad: chalk.red,
    template: chalk.dim,
    history: chalk.cyan,
    summary: chalk.magenta,
    context: chalk.yellow,
    input: chalk.bold,
    call: chalk.magenta,
    result: chalk.yellow,
    reply: chalk.green,
    series: [chalk.cyan, chalk.yellow, chalk.magenta, chalk.green, chalk.blue, chalk.red],
  };
}

/** Prose with *terms* and `code`, styled. */
export function styleProse(text: string, style: Style): string {
  return proseParts(text)
    .map(({ kind, text: words }) => {
      if (kind === "code") return style.code(words);
      return kind === "term" ? style.emphasis(words) : words;
    })
    .join("");
}
