import { Chalk } from "chalk";
import { createEmphasize } from "emphasize";
import typescript from "highlight.js/lib/languages/typescript";
import type { ColorLevel } from "./style.ts";

/** A highlighter for TypeScript. Heavy: import this file only where code is shown in colour. */
export function createHighlighter(level: ColorLevel): (code: string) => string {
  const chalk = new Chalk({ level });
  const emphasize = createEmphasize({ typescript });
  const sheet = {
    comment: chalk.dim,
    keyword: chalk.magenta,
    string: chalk.green,
    subst: chalk.reset,
    number: chalk.yellow,
    literal: chalk.yellow,
    "title.function": chalk.blue,
    "title.class": chalk.cyan,
    built_in: chalk.cyan,
  };
  return (code) => emphasize.highlight("typescript", code, sheet).value;
}
