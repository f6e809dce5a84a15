import { diagramSvg } from "../../diagram/svg.ts";
import { formatCount } from "../../format.ts";
import { visible } from "../../term/text.ts";
import type { Bar } from "../../trace/events.ts";
import { blocksOf, type Piece, type PromptLine } from "../../trace/prompt-lines.ts";
import { shareText } from "../../trace/wording.ts";
import type { Block, Gone, Plot } from "../blocks.ts";
import { diagramRows, mapRows, plotRows, spanRows } from "../rows.ts";
import { highlighted } from "./code.ts";
import { type Markup, markup, trusted } from "./markup.ts";
import { groupsOf, mapSvg, plotSvg, seriesSign, spansSvg } from "./plot.ts";
import { proseMarkup } from "./prose.ts";

type BlockOf<T extends Block["type"]> = Extract<Block, { type: T }>;

/** How each kind of block is written. */
const WRITERS: { [T in Block["type"]]: (block: BlockOf<T>) => Markup } = {
  prose: ({ text }) => proseMarkup(text),
  line: ({ text, tone, link }) =>
    markup`<p class="line ${tone}" dir="auto">${text}${link ? markup` <a href="#${link.to}">${link.text}</a>` : ""}</p>`,
  list: ({ title, items }) =>
    markup`<p class="line strong">${title}</p><ul>${items.map((item) => markup`<li>${inlineProse(item)}</li>`)}</ul>`,
  code: ({ caption, text, language }) =>
    markup`<figure class="code"><figcaption>${caption}</figcaption><pre><code>${highlighted(text, language)}</code></pre></figure>`,
  text: ({ label, text, of }) =>
    markup`<div class="said ${of}"><span class="label">${label}</span><pre dir="auto">${text === "" ? "(nothing)" : text}</pre></div>`,
  table: ({ caption, columns, rows }) => tableMarkup(caption, columns, rows),
  plot: ({ plot }) => plotMarkup(plot),
  spans: ({ title, spans }) =>
    figureMarkup(title, spansSvg(title, spans), "", tableMarkup(title, ...spanRows(spans), true)),
  bars: ({ title, bars }) => barsMarkup(title, bars),
  map: ({ title, points, note }) => {
    const groups = groupsOf(points);
    const key =
      groups.length > 1 ? keyMarkup(groups.map((name) => ({ name: name || "(no group)" }))) : "";
    const table = tableMarkup(title, ...mapRows(points), true);
    return figureMarkup(
      title,
      mapSvg(title, points),
      markup`${key}<p class="line faint">${note}</p>`,
      table,
    );
  },
  diagram: ({ id, title, diagram }) => {
    const drawn = trusted(diagramSvg(diagram, title, id));
    return figureMarkup(
      title,
      scrolled(drawn, title),
      "",
      tableMarkup(title, ...diagramRows(diagram), true),
    );
  },
  tokens: ({ pieces }) => tokensMarkup(pieces),
  lines: ({ label, lines, gone }) => linesMarkup(label, lines, gone),
  fold: ({ summary, blocks, isOpen, id }) =>
    markup`<details${id === undefined ? "" : markup` id="${id}"`}${isOpen ? trusted(" open") : ""}><summary><span class="what">${summary.title}</span>${
      summary.figures === undefined ? "" : markup` <span class="figures">${summary.figures}</span>`
    }${summary.about ? markup` <span class="about" dir="auto">${summary.about}</span>` : ""}</summary><div class="inside">${blocks.map(blockMarkup)}</div></details>`,
};

/** A block as HTML. */
export function blockMarkup(block: Block): Markup {
  return (WRITERS[block.type] as (block: Block) => Markup)(block);
}

const inlineProse = (text: string) => proseMarkup(text, true);

/** A box that scrolls sideways, by keyboard too. */
const scrolled = (inside: Markup, label: string): Markup =>
  markup`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${inside}</div>`;

function tableMarkup(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  isBehind = false,
): Markup {
  const isFigure = columns.map((_, at) => rows.every((row) => FIGURE.test(row[at] ?? "")));
  const side = (at: number) => (isFigure[at] ? trusted(' class="figure"') : "");
  const head = columns.map((name, at) =>
    name === "" ? markup`<td></td>` : markup`<th scope="col"${side(at)}>${name}</th>`,
  );
  const body = rows.map(
    (row) =>
      markup`<tr>${columns.map((_, at) => markup`<td${side(at)} dir="auto">${row[at] ?? ""}</td>`)}</tr>`,
  );
  const title = isBehind ? "" : markup`<caption>${caption}</caption>`;
  const table = markup`<table>${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
  return scrolled(table, isBehind ? `Values: ${caption}` : caption);
}

const FIGURE = /^[\d.,$% -]*(?: ?(?:ms|s))?$/;

function figureMarkup(title: string, drawn: Markup, key: Markup | "", table: Markup): Markup {
  return markup`<figure><figcaption>${title}</figcaption>${drawn}${key}<details class="values"><summary>The values as a table</summary>${table}</details></figure>`;
}

function plotMarkup(plot: Plot): Markup {
  const drawn = plot.series.every(({ points }) => points.length === 0)
    ? markup`<p class="line faint">(nothing to plot)</p>`
    : plotSvg(plot);
  const key =
    plot.series.length > 1 || plot.kind === "points" ? keyMarkup(plot.series.map(named)) : "";
  return figureMarkup(plot.title, drawn, key, tableMarkup(plot.title, ...plotRows(plot), true));
}

/** A series with its remarks: beside their points there may be no room. */
function named({ name, points }: Plot["series"][number]): { name: string } {
  const marks = points.flatMap(({ mark, x }) => (mark === undefined ? [] : `${mark} at ${x}`));
  return { name: marks.length === 0 ? name : `${name} (${marks.join(", ")})` };
}

const keyMarkup = (series: readonly { name: string }[]): Markup =>
  markup`<ul class="key">${series.map(({ name }, at) => markup`<li>${seriesSign(at)} ${name}</li>`)}</ul>`;

function barsMarkup(title: string, bars: readonly Bar[]): Markup {
  const hasNotes = bars.some(({ note = "" }) => note !== "");
  const rows = bars.map(({ label, value, note = "" }) => {
    const width = (Math.min(1, value) * 100).toFixed(1);
    const bar = value > 0 && markup`<span class="bar" style="width:${width}%"></span>`;
    const name = label === "" ? "(empty)" : visible(label);
    const remark = hasNotes && markup`<td>${note}</td>`;
    return markup`<tr><th scope="row" dir="auto">${name}</th><td class="share">${bar}</td><td class="figure">${shareText({ label, value })}</td>${remark}</tr>`;
  });
  const note = hasNotes && markup`<th scope="col">note</th>`;
  const head = markup`<thead><tr><th scope="col">what</th><th scope="col">its share</th><th scope="col" class="figure">percent</th>${note}</tr></thead>`;
  const table = markup`<table class="bars"><caption>${title}</caption>${head}<tbody>${rows}</tbody></table>`;
  return scrolled(table, title);
}

function tokensMarkup(pieces: readonly string[]): Markup {
  const shown = pieces.map((piece) => markup`<span class="token">${visible(piece)}</span>`);
  return markup`<p class="tokens" dir="auto">${shown}</p><p class="line faint">${formatCount(pieces.length)} tokens</p>`;
}

function linesMarkup(label: string, lines: readonly PromptLine[], gone: Gone | undefined): Markup {
  const fresh = lines.filter(({ isNew }) => isNew).length;
  const rows = blocksOf(lines).map(
    (block) =>
      markup`<div class="row"><span class="label">${block[0]?.label ?? ""}</span><div class="body">${block.map(lineMarkup)}</div></div>`,
  );
  const against =
    gone === undefined ? "" : markup`<p class="line faint">${againstText(gone, fresh)}</p>`;
  return markup`<div class="prompt" role="group" aria-label="${label}"><p class="line strong">${label}</p>${rows}</div>${against}${gone === undefined ? "" : goneMarkup(gone)}`;
}

function againstText({ from, lines }: Gone, fresh: number): string {
  const count = (many: number) => `${formatCount(many)} ${many === 1 ? "line" : "lines"}`;
  if (fresh === 0 && lines.length === 0) return `The same as ${from}.`;
  return `Against ${from}: ${count(fresh)} new (+), ${count(lines.length)} no longer there (−).`;
}

function lineMarkup({ pieces, isNew }: PromptLine): Markup {
  const isMixed = new Set(pieces.map(({ origin }) => origin)).size > 1;
  const inside = pieces.map((piece) => pieceMarkup(piece, isMixed));
  return isNew
    ? markup`<ins dir="auto">${inside}</ins>`
    : markup`<span class="kept" dir="auto">${inside.length === 0 ? " " : inside}</span>`;
}

/** A piece in the look of its origin; what was filled in among others is named, too. */
function pieceMarkup({ origin, variable, text }: Piece, isMixed: boolean): Markup {
  if (origin === "template") return markup`<span class="o-template">${text}</span>`;
  const name = variable === undefined ? origin : `${origin}: ${variable}`;
  const said = isMixed ? markup`<span class="unseen">(${name}) </span>` : "";
  return markup`${said}<span class="o-${origin}" title="${name}">${text}</span>`;
}

function goneMarkup({ from, lines }: Gone): Markup | "" {
  if (lines.length === 0) return "";
  const shown = lines.map((text) => markup`<del dir="auto">${text}</del>`);
  return markup`<details><summary><span class="what">Lines of ${from} that are not in it</span></summary><div class="inside gone">${shown}</div></details>`;
}
