import type { SourceSlice } from "../trace/events.ts";

/** What the source of a section says about it: the comments above its parts, and the bodies of its steps. */
export interface SectionSource {
  prose: string;
  steps: { name: string; title: string; prose: string; code: SourceSlice }[];
}

const SECTION_START = /^const \w+ = section\(/;
const STEP_START = /^const (\w+) = \w+\.step\(/;
const BODY_START = /=> \{$/;

/**
 * Cuts a section's file into prose and code.
 *
 * Relies on the shape that the formatter gives: a step starts with `const name = lab.step(` at the
 * margin, its body follows the first line that ends in `=> {`, and ends at the bracket that stands as far
 * left as that line.
 */
export function sliceSection(source: string, file: string): SectionSource {
  const lines = source.split("\n");
  const start = lines.findIndex((line) => SECTION_START.test(line));
  if (start === -1)
    throw new Error(`${file} declares no section: it needs a line "const lab = section({"`);
  const steps = lines.flatMap((line, index) => {
    const name = STEP_START.exec(line)?.[1];
    return name === undefined ? [] : [sliceStep(lines, index, name, file)];
  });
  return { prose: commentAbove(lines, start), steps };
}

function sliceStep(lines: string[], start: number, name: string, file: string) {
  const open = lines.findIndex((line, index) => index >= start && BODY_START.test(line));
  // The body ends where a bracket stands as far left as the line that its function starts on.
  const margin = /^ */.exec(lines[open] ?? "")?.[0] ?? "";
  const close = lines.findIndex((line, index) => index > open && line.startsWith(`${margin}}`));
  const title = /"((?:[^"\\]|\\.)*)"/.exec(lines.slice(start, open + 1).join("\n"))?.[0];
  if (open === -1 || close === -1 || !title) {
    throw new Error(
      `${file}:${start + 1}: the step ${name} has no body of its own; run "npm run format"`,
    );
  }
  const code = { file, line: open + 2, text: dedent(lines.slice(open + 1, close)) };
  return { name, title: JSON.parse(title) as string, prose: commentAbove(lines, start), code };
}

/** The `//` lines right above a line, joined to paragraphs: an empty `//` line parts them. */
function commentAbove(lines: string[], index: number): string {
  const above = lines.slice(0, index);
  const first = above.findLastIndex((line) => !line.startsWith("//")) + 1;
  return above
    .slice(first)
    .map((line) => line.replace(/^\/\/ ?/, ""))
    .join("\n")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll("\n", " ").trim())
    .join("\n\n");
}

function dedent(lines: string[]): string {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const common = Math.min(...indents, Number.POSITIVE_INFINITY);
  return lines.map((line) => line.slice(common)).join("\n");
}
