import MarkdownIt, {
  type MarkdownIt as Parser,
  type StateBlock,
  type StateInline,
  type Token,
} from "markdown-it";
import { type Heading, withoutTags } from "./html.ts";
import { Outline } from "./outline.ts";
import type { Section } from "./section.ts";

/**
 * The parts of a Markdown text, each with the headings above it. Headings, front matter, pictures,
 * tags and the targets of links stand in no part; what stays keeps its line.
 *
 * markdown-it, since its time grows with the text alone: of 5,000 characters of `- - -` micromark
 * took 24 s.
 */
export function sectionsOfMarkdown(markdown: string): Section[] {
  const lines = markdown.split("\n");
  blankFrontMatter(lines);
  const found: Found = { definitions: [] };
  const tokens = blocks.parse(lines.join("\n"), found);
  for (const [from, to] of found.definitions) lines.fill("", from, to);
  const headings: PlacedHeading[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.type === "heading_open" && token.level === 0) {
      const title = titleOf(tokens[at + 1]!, found);
      headings.push({ level: Number(token.tag[1]), title, from: token.map![0], to: token.map![1] });
    } else if (token.type === "html_block") headings.push(...readHtml(token, lines));
    else if (token.type === "hr" && token.level === 0) lines.fill("", ...token.map!);
    else if (token.type === "inline") {
      blankPictures(token, lines, found);
      blankLeftovers(token, lines);
    }
  }
  return underHeadings(lines, headings);
}

type References = NonNullable<Parameters<Parser["parse"]>[1]>["references"];

/** What the parser puts into the `env` of a text. */
interface Found extends Record<PropertyKey, unknown> {
  definitions: [from: number, to: number][];
  references?: References;
}

interface PlacedHeading extends Heading {
  /** its first line, and the one after it, from 0 */
  from: number;
  to: number;
}

function underHeadings(lines: readonly string[], headings: readonly PlacedHeading[]): Section[] {
  const outline = new Outline();
  const sections: Section[] = [];
  let start = 0;
  for (const { level, title, from, to } of [...headings, END]) {
    const text = lines.slice(start, from).join("\n");
    if (/[\p{L}\p{N}]/u.test(text))
      sections.push({ heading: outline.heading, text, line: start + 1 });
    outline.enter(level, title);
    start = to;
  }
  return sections;
}

const END = { level: 6, title: "", from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Settings at the head of a file, between lines of `---` or `+++`. */
function blankFrontMatter(lines: string[]): void {
  const first = lines.findIndex((line) => line.replace(/^\ufeff/, "").trim() !== "");
  const fence = lines[first]?.replace(/^\ufeff/, "").trimEnd();
  if (fence !== "---" && fence !== "+++") return;
  const isEnd = (line: string) =>
    line.trimEnd() === fence || (fence === "---" && line.trimEnd() === "...");
  const end = lines.findIndex((line, at) => at > first && isEnd(line));
  // Below empty lines, a rule may begin a text as well: settings have names.
  const isSettings = first === 0 || /^[\w-]+\s*[:=]/.test(lines[first + 1] ?? "");
  if (end > 0 && isSettings) lines.fill("", 0, end + 1);
}

/** Takes the tags out of a block of HTML; its headings are given, and stand in no part. */
function readHtml({ content, map }: Token, lines: string[]): PlacedHeading[] {
  const [from, to] = map!;
  const { text, headings } = withoutTags(content);
  const plain = text.split("\n");
  for (let at = from; at < to; at += 1) lines[at] = plain[at - from] ?? "";
  return headings
    .filter(({ title }) => title.trim() !== "")
    .map((heading) => ({ ...heading, from, to: from }));
}

/** A heading's words, without marks and pictures. */
function titleOf({ content }: Token, { references }: Found): string {
  const children: Token[] = [];
  blocks.inline.parse(content, blocks, { references, gone: [] }, children);
  return children
    .map(({ type, content: text }) => {
      if (WORDS.includes(type)) return text;
      return type === "softbreak" || type === "hardbreak" ? " " : "";
    })
    .join("");
}

/** Tokens with words in them: special ones are escaped signs and entities. */
const WORDS = ["text", "text_special", "code_inline"];

/** What is left out of a paragraph, and where it stands in it. */
interface Gone {
  start: number;
  end: number;
  /** what stands there instead */
  instead: string;
}

interface InlineFound extends Record<PropertyKey, unknown> {
  references?: References;
  gone: Gone[];
  /** the state of the paragraph itself, not of a picture's text in it */
  root?: StateInline;
}

/** Takes pictures, badges and tags out of a paragraph's lines. */
function blankPictures({ content, map }: Token, lines: string[], { references }: Found): void {
  const found: InlineFound = { references, gone: [] };
  blocks.inline.parse(content, blocks, found, []);
  if (found.gone.length === 0) return;
  const before = content.split("\n");
  const after = replaced(content, found.gone).split("\n");
  for (const [at, line] of before.entries()) {
    const place = map![0] + at;
    const whole = lines[place];
    const now = after[at] ?? "";
    if (whole === undefined || now === line) continue;
    // Before a paragraph's line may stand what it is in: a list's mark, a quotation's.
    const prefix = whole.slice(0, whole.lastIndexOf(line.trim()));
    const isEmpty = now.trim() === "";
    lines[place] = isEmpty ? prefix.replace(/[-*+>\d.)]/g, "") : prefix + now;
  }
}

/** A badge whose address is nowhere in the file, and so is text to a parser. */
const BADGE =
  /\[?!\[[^\][\n]*\]\[[^\][\n]*\](?:\](?:\[[^\][\n]*\]|\([^()\n]*\)))?|\[!\[[^\][\n]*\]\([^()\n]*\)\]\[[^\][\n]*\]/g;

/** What MDX begins with. */
const IMPORT =
  /^\s*(?:import\s+(?:[\w${},*\s]+\sfrom\s+)?["'][^"']*["'];?\s*|export\s+(?:const|let|default|function|async)\s.*)$/;

/** Takes out of a paragraph what only looks like text: badges without an address, and imports. */
function blankLeftovers({ content, map }: Token, lines: string[]): void {
  const [from, to] = map!;
  const isImports = content.split("\n").every((line) => IMPORT.test(line));
  if (isImports) lines.fill("", from, to);
  else if (content.includes("![") && !content.includes("`"))
    for (let at = from; at < to; at += 1) lines[at] = lines[at]!.replace(BADGE, "");
}

/**
 * A text without some parts of it; they lie within or behind each other, and line breaks in them
 * stay.
 */
function replaced(text: string, gone: readonly Gone[]): string {
  const parts: string[] = [];
  let end = 0;
  const outermost = gone.toSorted((a, b) => a.start - b.start || b.end - a.end);
  for (const one of outermost) {
    if (one.start < end) continue;
    const breaks = text.slice(one.start, one.end).split("\n").length - 1;
    parts.push(text.slice(end, one.start), one.instead.replaceAll("\n", " "), "\n".repeat(breaks));
    end = one.end;
  }
  return [...parts, text.slice(end)].join("");
}

const FEWEST_WORDS = 3;

/** The words that describe a picture; those of a badge or a logo are too few to tell anything. */
function captionOf({ content }: Token): string {
  return content.trim().split(/\s+/).length < FEWEST_WORDS ? "" : content.trim();
}

/**
 * A parser of CommonMark that leaves inline marks to us, and tells where pictures, tags and
 * definitions are.
 */
const blocks = markdownParser();

function markdownParser(): Parser {
  const parser = new MarkdownIt("commonmark");
  parser.core.ruler.disable("inline");
  parser.inline.ruler.at(
    "image",
    told("image", (state) => captionOf(state.tokens.at(-1)!)),
  );
  parser.inline.ruler.at(
    "html_inline",
    told("html_inline", () => ""),
  );
  parser.inline.ruler.at("link", told("link", withoutWords));
  const reference = blockRule("reference");
  parser.block.ruler.at("reference", (state, start, end, silent) => {
    const isThere = readShort(state, start, silent) || reference(state, start, end, silent);
    if (isThere && !silent) (state.env as unknown as Found).definitions.push([start, state.line]);
    return isThere;
  });
  return parser;
}

/** A definition on a line of its own, without a title on the next one. */
const SHORT = /^\[([^[\]\\]{1,999})\]:[ \t]*(?:<[^<>]*>|[^\s<]\S*)[ \t]*$/;

/**
 * Reads a short definition. The parser's own rule looks at the whole paragraph for each, so many
 * take long.
 */
function readShort(state: StateBlock, start: number, silent: boolean): boolean {
  const lineOf = (at: number) =>
    state.src.slice(state.bMarks[at]! + state.tShift[at]!, state.eMarks[at]);
  if (state.sCount[start]! - state.blkIndent >= 4) return false;
  const [, label] = SHORT.exec(lineOf(start)) ?? [];
  const hasTitleBelow = start + 1 < state.lineMax && /^["'(]/.test(lineOf(start + 1));
  if (!label?.trim() || hasTitleBelow) return false;
  if (silent) return true;
  const found = state.env as unknown as Found;
  found.references ??= {};
  found.references[state.md.utils.normalizeReference(label)] ??= { title: "", href: "" };
  state.line = start + 1;
  return true;
}

type InlineRule = (state: StateInline, silent: boolean) => boolean;
type BlockRule = (state: StateBlock, start: number, end: number, silent: boolean) => boolean;

/** A rule of the parser that notes what it has read, if that is left out. */
function told(name: string, insteadOf: (state: StateInline, tokens: number) => string | undefined) {
  const rule = inlineRule(name);
  return (state: StateInline, silent: boolean): boolean => {
    const found = state.env as unknown as InlineFound;
    found.root ??= state;
    // Words that were read before become a token of their own first.
    const [start, tokens] = [state.pos, state.tokens.length + (state.pending === "" ? 0 : 1)];
    const isThere = rule(state, silent);
    if (!isThere || silent || found.root !== state) return isThere;
    const instead = insteadOf(state, tokens);
    if (instead !== undefined) found.gone.push({ start, end: state.pos, instead });
    return isThere;
  };
}

const WORDLESS = ["image", "html_inline", "softbreak", "link_open", "link_close"];

/** A link that has nothing in it but pictures, such as a badge; undefined for one with words. */
function withoutWords({ tokens }: StateInline, from: number): string | undefined {
  const inside = tokens.slice(from);
  const isEmpty = ({ type, content }: Token) => type === "text" && content.trim() === "";
  const hasPicture = inside.some(({ type }) => type === "image" || type === "html_inline");
  return hasPicture && inside.every((token) => WORDLESS.includes(token.type) || isEmpty(token))
    ? ""
    : undefined;
}

function inlineRule(name: string): InlineRule {
  const parser = new MarkdownIt("commonmark");
  parser.inline.ruler.enableOnly(name);
  return parser.inline.ruler.getRules("")[0] as InlineRule;
}

function blockRule(name: string): BlockRule {
  const parser = new MarkdownIt("commonmark");
  parser.block.ruler.enableOnly(name);
  return parser.block.ruler.getRules("")[0] as BlockRule;
}
