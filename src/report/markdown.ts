import { diagramSvg } from "../diagram/svg.ts";
import { formatCount } from "../format.ts";
import { proseParts } from "../term/prose.ts";
import { visible } from "../term/text.ts";
import { blocksOf, type PromptLine } from "../trace/prompt-lines.ts";
import { shareText } from "../trace/wording.ts";
import type { Block, Part, Report } from "./blocks.ts";
import { evenly } from "./cut.ts";
import { REPORT_MARK } from "./mark.ts";
import { mapFile, plotFile } from "./picture.ts";
import { diagramRows, mapRows, plotRows, type Rows, spanRows } from "./rows.ts";

type BlockOf<T extends Block["type"]> = Extract<Block, { type: T }>;

/** What a page of Markdown can have beside it. */
export interface Beside {
  /** Keeps a picture, and gives the path to it. */
  keep?(svg: string): string;
  /** where the code of a caption such as "lessons/memory/window.ts:30" can be read */
  linkOf?(caption: string): string | undefined;
}

/** A report as Markdown that GitHub and others show: pictures are tables, folds stay folds. */
export function markdownOf(report: Report, about: { written: string; version: string }): string {
  const { title, facts, parts, left, ending } = report;
  return `${[
    REPORT_MARK,
    `# ${inline(title)}`,
    facts.map(([name, value]) => `- ${inline(name)}: ${inline(value)}`).join("\n"),
    ...(ending === undefined ? [] : [`**${inline(ending)}**`]),
    ...left.map(inline),
    ...parts.flatMap((part) => partLines(part, 2, {})),
    "---",
    `Written by llm-lab ${inline(about.version)} on ${about.written}.`,
  ]
    .filter((text) => text !== "")
    .join("\n\n")}\n`;
}

/** A part with its heading, as paragraphs. */
export function partLines({ title, blocks, parts }: Part, level: number, beside: Beside): string[] {
  return [
    `${"#".repeat(level)} ${inline(title)}`,
    ...blocks.map((block) => blockText(block, beside)),
    ...parts.flatMap((part) => partLines(part, Math.min(level + 1, 6), beside)),
  ];
}

const WRITERS: { [T in Block["type"]]: (block: BlockOf<T>, beside: Beside) => string } = {
  prose: ({ text }) =>
    text
      .split(/\n\s*\n/)
      .map(prose)
      .join("\n\n"),
  line: ({ text, tone }) => {
    const words = text.split("\n").map(inline).join("  \n");
    return tone === "strong" && !text.includes("\n") ? `**${words}**` : words;
  },
  list: ({ title, items }) =>
    `**${inline(title)}**\n\n${items.map((item) => `- ${prose(item)}`).join("\n")}`,
  code: ({ caption, text, language }, { linkOf }) => {
    const link = linkOf?.(caption);
    const head = link === undefined ? inline(caption) : `[${inline(caption)}](${link})`;
    return `${head}\n\n${fenced(text, language === "text" ? "" : "ts")}`;
  },
  text: ({ label, text }) => `${inline(label)}:\n\n${fenced(text === "" ? "(nothing)" : text)}`,
  table: ({ caption, columns, rows }) => table(caption, [columns, rows]),
  plot: ({ plot }, beside) => {
    const isEmpty = plot.series.every(({ points }) => points.length === 0);
    return pictured(plot.title, isEmpty ? undefined : plotFile(plot), plotRows(plot), beside);
  },
  spans: ({ title, spans }) => table(title, spanRows(spans)),
  bars: ({ title, bars }) =>
    table(title, [
      ["what", "percent", "note"],
      bars.map(({ label, value, note = "" }) => [
        label === "" ? "(empty)" : visible(label),
        shareText({ label, value }),
        note,
      ]),
    ]),
  map: ({ title, points, note }, beside) =>
    `${pictured(title, mapFile(title, points), mapRows(points), beside)}\n\n${inline(note)}`,
  diagram: ({ title, diagram }, beside) =>
    pictured(title, diagramSvg(diagram, title), diagramRows(diagram), beside),
  tokens: ({ pieces }) =>
    `${fenced(pieces.map(visible).join("|"))}\n\n${formatCount(pieces.length)} tokens`,
  lines: ({ label, lines, gone }) => {
    const lost = gone?.lines.map((text) => `- ${text}`) ?? [];
    const against = gone === undefined ? "" : ` (+ and −: against ${gone.from})`;
    const all = blocksOf(lines).flatMap((block) => block.map(promptLine));
    return `${inline(label)}${inline(against)}:\n\n${fenced([...all, ...lost].join("\n"), "diff")}`;
  },
  fold: ({ summary, blocks }, beside) => {
    const { title, about = "", figures = "" } = summary;
    const words = [title, about, figures]
      .filter((part) => part !== "")
      .map(inHtml)
      .join(" · ");
    const inside = blocks.map((block) => blockText(block, beside)).join("\n\n");
    return `<details><summary>${words}</summary>\n\n${inside}\n\n</details>`;
  },
};

export function blockText(block: Block, beside: Beside): string {
  return (WRITERS[block.type] as (block: Block, beside: Beside) => string)(block, beside);
}

/** A picture with its values behind it; they alone where no picture can be kept. */
function pictured(title: string, svg: string | undefined, rows: Rows, { keep }: Beside): string {
  if (keep === undefined || svg === undefined) return table(title, rows);
  const [columns, all] = rows;
  const some = evenly(all, MOST_BEHIND);
  const which = some.length < all.length ? "Some of the values" : "The values";
  const folded = `<details><summary>${which} as a table</summary>\n\n${table(title, [columns, [...some]])}\n\n</details>`;
  return `**${inline(title)}**\n\n![${inline(title)}](${keep(svg)})\n\n${folded}`;
}

/** Rows behind a picture, which has them all. */
const MOST_BEHIND = 25;

/** A line of a prompt, as a difference has it: a plus, where it comes from, and what it says. */
function promptLine({ label, pieces, isNew }: PromptLine, at: number): string {
  const text = pieces.map((piece) => piece.text).join("");
  return `${isNew ? "+" : " "} ${(at === 0 ? label : "").padEnd(8)} │ ${text}`.trimEnd();
}

const MOST_ROWS = 60;

function table(caption: string, [columns, rows]: Rows): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => inCell(cell)).join(" | ")} |`;
  const cut = columns.map((_, at) => at);
  const shown = rows.slice(0, MOST_ROWS).map((row) => line(cut.map((at) => row[at] ?? "")));
  const more = rows.length - shown.length;
  return [
    `**${inline(caption)}**`,
    "",
    line(columns),
    `| ${columns.map(() => "---").join(" | ")} |`,
    ...shown,
    ...(more > 0 ? ["", `… ${formatCount(more)} more rows …`] : []),
  ].join("\n");
}

/** Text between fences that are longer than any in it. */
export function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** What Markdown would read as a mark; some are none in the middle of a word or an address. */
const MARKS = /[\\`*{}[\]<>|~&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<!\S)[#+-]/gu;

/** Plain text on one line, each mark of Markdown and HTML taken as it is. */
export function inline(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(MARKS, (mark) => `\\${mark}`);
}

const inCell = (text: string) => inline(text.replaceAll("\n", " ⏎ "));

/** Plain text inside a line of HTML, in which a backslash is no escape. */
function inHtml(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[&<>"*_`~[\]\\|$]/g, (mark) => `&#${mark.codePointAt(0)};`);
}

export const prose = (text: string): string =>
  proseParts(text)
    .map(({ kind, text: words }) => {
      if (kind === "code") return `\`${words}\``;
      return kind === "term" ? `*${inline(words)}*` : inline(words);
    })
    .join("");
