import { formatValue } from "../format.ts";
import type { ParamInfo } from "../trace/events.ts";
import type { Block } from "./blocks.ts";

/** Settings with their values and what they are for; nothing where there are none. */
export function paramsTable(params: readonly ParamInfo[]): Block[] {
  if (params.length === 0) return [];
  const rows = params.map(({ name, value, help, range }) => [
    name,
    formatValue(value),
    help,
    range,
  ]);
  const columns = ["param", "value", "what it is for", "may be"];
  return [{ type: "table", caption: "Params", columns, rows }];
}
