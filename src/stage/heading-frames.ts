import { clean } from "../clean.ts";
import { formatValue } from "../format.ts";
import { styleProse } from "../term/style.ts";
import { padEnd, truncate, widthOf, wrap } from "../term/text.ts";
import type { EventOf, ParamInfo, ParamValue } from "../trace/events.ts";
import { indent, type Look } from "./look.ts";

export function banner(title: string, why: string, look: Look): string[] {
  const left = `llm-lab · ${title}`;
  const oneLine = widthOf(left) + widthOf(why) + 3 <= look.width;
  if (oneLine)
    return [look.style.title(padEnd(left, look.width - widthOf(why))) + look.style.faint(why)];
  return [...wrap(look.style.title(left), look.width), ...wrap(look.style.faint(why), look.width)];
}

export function rule(id: string, title: string, look: Look): string[] {
  const text = `── ${id} ─ ${title} `;
  if (widthOf(text) > look.width) return wrap(look.style.title(`── ${id} ─ ${title}`), look.width);
  return [look.style.title(text + "─".repeat(look.width - widthOf(text)))];
}

export function paramLines(params: ParamInfo[], look: Look): string[] {
  const names = Math.max(0, ...params.map((param) => widthOf(param.name)));
  return params.flatMap(({ name, value, help, range }) => {
    const text = `${look.style.strong(padEnd(name, names))} = ${shortValue(value)}`;
    const told = look.style.faint(`${help}; ${range}`);
    const line = `  ${text}  ${told}`;
    return widthOf(line) <= look.width
      ? [line]
      : [`  ${text}`, ...indent(wrap(told, look.width - 6), 6)];
  });
}

function shortValue(value: ParamValue): string {
  return typeof value === "string" ? truncate(clean(value), 24) : formatValue(value);
}

export function stepHead(event: EventOf<"step-start">, look: Look): string[] {
  const title = `Step ${event.place} of ${event.of} · ${event.title}`;
  const params = Object.entries(event.params).map(
    ([name, value]) => `${name}=${shortValue(value)}`,
  );
  const right = params.join("  ");
  const free = look.width - widthOf(title) - widthOf(right) - 2;
  if (right !== "" && free >= 0)
    return [look.style.strong(title) + " ".repeat(free + 2) + look.style.faint(right)];
  return [
    ...wrap(look.style.strong(title), look.width),
    ...(right === "" ? [] : wrap(look.style.faint(right), look.width)),
  ];
}

export function prose(text: string, look: Look): string[] {
  return wrap(styleProse(text, look.style), look.width);
}

/** What the code takes from around it: in a line, and unfolded as it is written. */
function usesLines({ uses }: EventOf<"step-start">["code"], look: Look): string[] {
  if (!uses || uses.imports.length + uses.helpers.length === 0) return [];
  const froms = [...new Set(uses.imports.map(({ from }) => from))];
  const namesFrom = (from: string) =>
    uses.imports.flatMap((one) => (one.from === from ? [one.name] : [])).join(", ");
  if (!look.unfolded) {
    const helpers = uses.helpers.map(({ name }) => name).join(", ");
    const parts = [...froms.map((from) => `${namesFrom(from)} from ${from}`), helpers];
    const line = `uses: ${parts.filter((part) => part !== "").join("; ")} (${look.foldHint})`;
    return wrap(line, look.width - 2).map((part) => `  ${look.style.faint(part)}`);
  }
  const text = [
    froms.map((from) => `import { ${namesFrom(from)} } from "${from}";`).join("\n"),
    ...uses.helpers.map((helper) => helper.text),
  ];
  return ["", ...codeLines(text.filter((part) => part !== "").join("\n\n"), look)];
}

export function codePanel({ code }: EventOf<"step-start">, look: Look): string[] {
  return [
    look.style.faint(`  ${truncate(`${code.file}:${code.line}`, look.width - 2)}`),
    ...codeLines(code.text, look),
    ...usesLines(code, look),
  ];
}

function codeLines(code: string, look: Look): string[] {
  const lines = look.highlight(code).split("\n");
  const room = look.width - 4;
  return lines.flatMap((line) => {
    const [first = "", ...more] = wrap(line, room);
    // A bar of dots marks a line of code that goes on because the screen ends.
    return [
      `  ${look.style.faint("│")} ${first}`,
      ...more.map((rest) => `  ${look.style.faint("┊")} ${rest}`),
    ].map((text) => text.trimEnd());
  });
}
