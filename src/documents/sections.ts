import type { Kind } from "./kinds.ts";

/** A part of a file under one heading, or one page of it. */
export interface Section {
  /** the headings that it stands under, the outermost first; "" for none */
  heading: string;
  text: string;
  /** the line of the file at which the text begins, from 1, where the file has lines */
  line?: number;
  /** the page, from 1, where the file has pages */
  page?: number;
}

/** A file that cannot be read as what its name says, and why. */
export class Unreadable extends Error {}

/** The text of a file, cut where its headings or pages are. */
export async function sectionsOf(kind: Kind, bytes: Uint8Array): Promise<Section[]> {
  switch (kind) {
    case "pdf":
      return (await import("./pdf.ts")).pagesOf(bytes);
    case "html": {
      const markdown = (await import("./html.ts")).markdownOf(decode(bytes));
      // The lines of the text that was made are not those of the file.
      return underHeadings(markdown).map(({ heading, text }) => ({ heading, text }));
    }
    case "markdown":
      return underHeadings(decode(bytes));
    case "text":
      return [{ heading: "", text: decode(bytes), line: 1 }];
  }
}

/** Bytes as text: UTF-8, UTF-16 where its mark says so, else Windows' Latin. */
function decode(bytes: Uint8Array): string {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "le" : undefined;
  const wide = bytes[0] === 0xfe && bytes[1] === 0xff ? "be" : mark;
  if (!wide && bytes.subarray(0, 8192).includes(0)) throw new Unreadable("binary");
  return textOf(bytes, wide).replace(/\r\n?/g, "\n").replaceAll("\0", "");
}

function textOf(bytes: Uint8Array, wide: string | undefined): string {
  if (wide) return new TextDecoder(`utf-16${wide}`).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const FENCE = /^ {0,3}(```+|~~~+)/;

/** The parts of a Markdown text, each with the headings above it; the headings themselves stand in no part. */
function underHeadings(markdown: string): Section[] {
  const sections: Section[] = [];
  const above: { level: number; title: string }[] = [];
  let fence: string | undefined;
  let current: { line: number; lines: string[] } = { line: 1, lines: [] };
  const close = () => {
    const text = current.lines.join("\n");
    const heading = above.map(({ title }) => title).join(" › ");
    if (text.trim() !== "") sections.push({ heading, text, line: current.line });
  };
  for (const [at, line] of markdown.split("\n").entries()) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    const [, signs, title] =
      (fence === undefined && mark === undefined && HEADING.exec(line)) || [];
    if (signs === undefined || !title) {
      current.lines.push(line);
      continue;
    }
    close();
    current = { line: at + 2, lines: [] };
    while ((above.at(-1)?.level ?? 0) >= signs.length) above.pop();
    above.push({ level: signs.length, title: plain(title) });
  }
  close();
  return sections;
}

/** A heading without the marks of Markdown, on one line, not endless. */
function plain(title: string): string {
  return title
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]{1,3}(\S.*?\S|\S)[*_`]{1,3}/g, "$1")
    .trim()
    .slice(0, 120);
}
