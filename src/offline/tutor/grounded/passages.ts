import { isHeadOfTable, quotable, sentencesIn } from "../../../language/quotable.ts";

/** A passage of a context, with what the context calls it. */
export interface GivenPassage {
  /** such as "[2]" */
  mark?: string;
  /** such as "opening-hours.md" */
  source?: string;
  headings: string[];
  sentences: string[];
  /** which list item each sentence stands in; undefined outside of lists */
  items: (number | undefined)[];
}

const MARK = /^\s*(\[\d+\]|\(\d+\)(?=\s))\s*/;
const TAG = /^\s*<(?:document|doc|passage|source|chunk|item)\b([^>]*)>/i;
const CLOSING = /^\s*<\/\w+>\s*$/;
const FILE = String.raw`[\w./ -]*[\w-]\.(?:md|mdx|markdown|txt|html?|pdf|csv|json|docx?|rtf)(?:[#:§][\w./-]+)?`;
const SOURCE_LINE =
  /^\s*[([]?(?:source|file|document|from|title)\s*[:=]\s*["'“]?(.+?)["'”]?[)\]]?\s*$/i;
const SOURCE_AHEAD = new RegExp(
  String.raw`^\s*(?:[([]\s*(?:(?:source|file|from)\s*[:=]\s*)?(${FILE})\s*[)\]]|(${FILE})(?=\s*(?:$|[:–—-]\s)))\s*[:–—-]?\s*`,
  "i",
);
const SOURCE_IN_BRACKETS =
  /^\s*[([](?:source|file|from|title)\s*[:=]\s*["'“]?([^)\]"”]+)["'”]?[)\]]\s*[:–—-]?\s*/i;

/** A context cut into its passages: by tags, numbers, names of sources, or else by empty lines. */
export function passagesOf(context: string): GivenPassage[] {
  const tagged = taggedPassages(context);
  if (tagged) return tagged;
  const found: { mark?: string; source?: string; lines: string[] }[] = [];
  const lines = context.split("\n").filter((line) => !CLOSING.test(line));
  const first = lines.find((line) => line.trim() !== "") ?? "";
  // "Source: a.md" stands either above each passage or below it.
  const isAbove = SOURCE_LINE.test(first) || MARK.test(first) || TAG.test(first);
  const isMarked = lines.some((line) => MARK.test(line) || TAG.test(line));
  const open = () => found[found.push({ lines: [] }) - 1]!;
  let current = open();
  for (const line of lines) {
    const mark = MARK.exec(line);
    const tag = TAG.exec(line);
    let rest = line
      .replace(MARK, "")
      .replace(TAG, "")
      .replace(/<\/(?:document|doc|passage|source|chunk|item)>\s*$/i, "");
    if (mark || tag) current = open();
    if (mark?.[1]) current.mark = mark[1];
    const named = /\b(?:source|file|name|title|href)\s*=\s*["']([^"']+)["']/i.exec(tag?.[1] ?? "");
    if (named?.[1]) current.source = named[1];
    const onItsOwn = SOURCE_LINE.exec(rest);
    if (onItsOwn?.[1]) {
      if (isAbove && !mark && current.lines.length > 0) current = open();
      current.source = onItsOwn[1];
      if (!isAbove) current = open();
      continue;
    }
    const ahead = SOURCE_IN_BRACKETS.exec(rest) ?? SOURCE_AHEAD.exec(rest);
    if (ahead) {
      if (!mark && !tag && current.lines.some((text) => text.trim() !== "")) current = open();
      current.source ??= (ahead[1] ?? ahead[2] ?? "").trim();
      rest = rest.slice(ahead[0].length);
    }
    if (rest.trim() === "" && !isMarked && current.lines.some((text) => text.trim() !== "")) {
      // An empty line parts passages that nothing else parts; the source above holds until the next.
      const { source } = current;
      current = open();
      if (isAbove && source !== undefined) current.source = source;
    } else current.lines.push(rest);
  }
  return withHeadings(
    found.map(({ lines: own, ...passage }) => ({ ...passage, ...readLines(own) })),
  );
}

const DOCUMENT =
  /^[ \t]*<(document|doc|passage|source|chunk|item)\b([^>]*)>[ \t]*\n([\s\S]*?)\n[ \t]*<\/\1>[ \t]*$/gim;

/**
 * Passages that stand between tags and nowhere else: then no line in them can begin another, or
 * name a source.
 */
function taggedPassages(context: string): GivenPassage[] | undefined {
  const found = [...context.matchAll(DOCUMENT)];
  if (found.length === 0 || context.replace(DOCUMENT, "").trim() !== "") return undefined;
  return found.map(([, , attributes = "", body = ""]) => {
    const number = attribute(attributes, "number|index|id|n");
    const source = attribute(attributes, "source|file|name|title|href");
    return {
      ...(number !== undefined && { mark: `[${number}]` }),
      ...(source !== undefined && { source }),
      ...readLines(body.split("\n")),
    };
  });
}

function attribute(attributes: string, names: string): string | undefined {
  const [, quoted, single] =
    new RegExp(`\\b(?:${names})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(attributes) ?? [];
  return (quoted ?? single)
    ?.replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");
}

/**
 * A heading that stands alone is the heading of what follows, as long as nothing says that it is of
 * another source.
 */
function withHeadings(passages: GivenPassage[]): GivenPassage[] {
  let above: GivenPassage = { headings: [], sentences: [], items: [] };
  return passages.flatMap((passage) => {
    if (passage.sentences.length === 0) {
      above = passage;
      return [];
    }
    const isUnder = passage.mark === undefined && passage.source === above.source;
    if (passage.headings.length > 0 || !isUnder) return [passage];
    return [{ ...passage, headings: above.headings }];
  });
}

function readLines(lines: string[]): Pick<GivenPassage, "headings" | "sentences" | "items"> {
  // The names of columns are headings of the rows, before those that stand above them.
  const marked: string[] = lines.filter((_, at) => isHeadOfTable(lines, at));
  const titles: string[] = [];
  const sentences: string[] = [];
  const items: (number | undefined)[] = [];
  for (const [at, line] of unwrapped(quotable(lines)).entries()) {
    const heading = /^\s*#{1,6} (.+)$/.exec(line)?.[1];
    if (heading !== undefined) marked.push(heading.trim());
    else if (isTitle(line)) titles.push(line.trim());
    else {
      const said = sentencesIn(line);
      sentences.push(...said);
      items.push(...said.map(() => (LIST_ITEM.test(line) ? at : undefined)));
    }
  }
  // A passage of short lines says what they say.
  if (sentences.length === 0)
    return { headings: marked, sentences: titles, items: titles.map(() => undefined) };
  return { headings: [...marked, ...titles], sentences, items };
}

const LIST_ITEM = /^\s*(?:[-*•+]|\d+[.)])\s/;

const isTitle = (line: string) =>
  line.length < 60 && !/[.!?:;,|]\s*$|[:|]|\d/.test(line) && !/^\s*[-*•]/.test(line);

/** Joins lines that were broken only because they were long, those of a list item too. */
function unwrapped(lines: string[]): string[] {
  const joined: string[] = [];
  let previous = "";
  for (const line of lines) {
    const isLong = previous.length >= 50 && !/[.!?:;|]\s*$/.test(previous);
    const isInItem =
      /^ {2,}\S/.test(line) && previous !== "" && LIST_ITEM.test(joined.at(-1) ?? "");
    const goesOn = (isLong || isInItem) && !/^\s*(?:[-*•#|]|\d+[.)]\s)/.test(line);
    if (line.trim() === "") previous = "";
    else if (goesOn && joined.length > 0) joined[joined.length - 1] += ` ${line.trim()}`;
    else joined.push(line.trim());
    if (line.trim() !== "") previous = line;
  }
  return joined;
}
