import type { MapPoint } from "../trace/events.ts";
import type { Plot } from "./blocks.ts";
import { type Markup, markup, trusted } from "./html/markup.ts";
import { groupsOf, HEIGHT, mapSvg, plotSvg, seriesSign, WIDTH } from "./html/plot.ts";
import { DRAWINGS, SCHEMES } from "./html/style.ts";

/** One letter of a key is about this wide, and one line of it this high. */
const LETTER = 7.2;
const LINE = 22;
const PAD = 16;

/** A plot as a file of its own, with the key of its series below it. */
export function plotFile(plot: Plot): string {
  const { title, kind, series } = plot;
  const names = series.length > 1 || kind === "points" ? series.map(({ name }) => name) : [];
  return pictureFile(title, plotSvg(plot), names);
}

/** A map as a file of its own, with the key of its groups below it. */
export function mapFile(title: string, points: readonly MapPoint[]): string {
  const groups = groupsOf(points);
  const names = groups.length > 1 ? groups.map((name) => name || "(no group)") : [];
  return pictureFile(title, mapSvg(title, points), names);
}

/**
 * A drawing with a paper of its own, light or dark as the system is: where the page around it has
 * the other scheme, it can be read all the same. The same drawing gives the same bytes.
 */
function pictureFile(title: string, drawing: Markup, names: readonly string[]): string {
  const lines = linesOfKey(names);
  const height = HEIGHT + (lines.length > 0 ? lines.length * LINE + PAD / 2 : 0);
  const key = lines.flatMap((line, at) =>
    line.map(({ name, sign, x }) => {
      const y = HEIGHT + at * LINE;
      return markup`<g transform="translate(${x},${y})"><g transform="translate(0,2)">${seriesSign(sign)}</g><text x="20" y="14">${name}</text></g>`;
    }),
  );
  const [width, high] = [WIDTH + 2 * PAD, height + 2 * PAD];
  const inside = trusted(
    String(drawing).replace(
      "<svg ",
      `<svg x="${PAD}" y="${PAD}" width="${WIDTH}" height="${HEIGHT}" `,
    ),
  );
  return `${markup`<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${width} ${high}" width="${width}" height="${high}" role="img">
<title>${title}</title>
<style>${trusted(`${SCHEMES}\n${DRAWINGS}\n${LOOK}`)}</style>
<rect width="100%" height="100%" rx="8" class="paper"/>
${inside}
<g transform="translate(${PAD},${PAD})">${key}</g>
</svg>
`}`;
}

const LOOK = `.plot{font:12.5px system-ui,"DejaVu Sans",sans-serif}.paper{fill:var(--paper);stroke:var(--rule)}`;

interface Entry {
  name: string;
  sign: number;
  x: number;
}

/** The entries of a key in lines that fit the drawing. */
function linesOfKey(names: readonly string[]): Entry[][] {
  const lines: Entry[][] = [];
  let x = WIDTH;
  for (const [sign, name] of names.entries()) {
    const width = Math.ceil(20 + [...name].length * LETTER + 20);
    if (x + width > WIDTH) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)?.push({ name, sign, x });
    x += width;
  }
  return lines;
}
