import { wordOf } from "../lesson/params.ts";
import type { ParamInfo } from "../trace/events.ts";

/** The params of a section or memory, as `--params` prints them. */
export function paramList(title: string, params: ParamInfo[]): string {
  if (params.length === 0) return `${title}\n    no params\n`;
  const blocks = params.map(
    ({ name, help, range, ...param }) =>
      `    ${name}=${wordOf(param.default)}\n        ${help}; ${range}\n`,
  );
  return `${title}\n${blocks.join("")}`;
}
