import xterm from "@xterm/headless";

export const COLUMNS = 80;

const PALETTE = [
  "#16181d",
  "#f07178",
  "#a6da95",
  "#eed49f",
  "#82aaff",
  "#d6a2f5",
  "#7fd6d9",
  "#d8dbe2",
];
const [CELL, ROW, PAD] = [8.4, 18, 16];
const BAR = 34;
const FONT = `font-family="'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#d8dbe2" xml:space="preserve"`;

/** A terminal emulator of a size, which draws what it shows. */
export function openTerminal(rows) {
  return new xterm.Terminal({ cols: COLUMNS, rows, allowProposedApi: true, convertEol: true });
}

/** What a terminal shows of these lines, as SVG. */
export async function drawLines(lines, title) {
  const terminal = openTerminal(lines.length);
  await new Promise((resolve) => terminal.write(lines.join("\n"), resolve));
  const [width, height] = [COLUMNS * CELL + 2 * PAD, lines.length * ROW + 2 * PAD];
  const body = lines.flatMap((_, y) =>
    drawRow(terminal.buffer.active.getLine(y), PAD + (y + 1) * ROW - 5),
  );
  return `${headOf(width, height, title)}
<g ${FONT}>
${body.join("\n")}
</g>
</svg>
`;
}

/**
 * Screens one after the other, as SVG that moves without a script, and begins again at its end.
 * Where less motion is preferred, or nothing moves at all, it shows the last.
 *
 * @param {{ rows: string[], seconds: number, key?: string }[]} frames rows as `drawRow` draws them
 *   at 0, and the key that is being pressed
 */
export function drawFrames(frames, title) {
  const height = Math.max(...frames.map(({ rows }) => rows.length));
  const [width, high] = [COLUMNS * CELL + 2 * PAD, BAR + height * ROW + 2 * PAD];
  const all = [...new Set(frames.flatMap(({ rows }) => rows))].filter((row) => row !== "");
  const ids = new Map(all.map((row, at) => [row, `r${at}`]));
  const length = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  const percent = (seconds) => `${((100 * seconds) / length).toFixed(2)}%`;
  let begun = 0;
  const moves = frames.map(({ seconds }, at) => {
    const [from, to] = [begun, begun + seconds];
    begun = to;
    const before = at === 0 ? "" : "0%{visibility:hidden}";
    const after = at === frames.length - 1 ? "" : `${percent(to)}{visibility:hidden}`;
    return `#f${at}{animation:f${at} ${length.toFixed(1)}s step-end infinite}@keyframes f${at}{${before}${percent(from)}{visibility:visible}${after}}`;
  });
  const drawn = frames.map(({ rows, key }, at) => {
    const lines = rows.flatMap((row, y) =>
      row === "" ? [] : `<use href="#${ids.get(row)}" y="${BAR + PAD + (y + 1) * ROW - 5}"/>`,
    );
    return `<g id="f${at}" class="frame">${lines.join("")}${key === undefined ? "" : keyCap(key, width)}</g>`;
  });
  return `${headOf(width, high, title)}
<style>.frame{visibility:hidden}#f${frames.length - 1}{visibility:visible}
@media (prefers-reduced-motion:no-preference){
${moves.join("\n")}
}</style>
<path d="M0 ${BAR}h${width}" stroke="#343c4a"/>
<g ${FONT}>
<text x="${PAD}" y="22" opacity="0.7">$ ${escapeXml(title)}</text>
<defs>${all.map((row) => `<g id="${ids.get(row)}">${row}</g>`).join("\n")}</defs>
${drawn.join("\n")}
</g>
</svg>
`;
}

/** A row of the terminal: one text element for each run of cells of one look. */
export function drawRow(line, y) {
  return runsOf(line).map(({ x, text, look }) => {
    const at = `x="${(PAD + x * CELL).toFixed(1)}" y="${y}"`;
    return `<text ${at} textLength="${(text.length * CELL).toFixed(1)}"${look}>${escapeXml(text)}</text>`;
  });
}

function headOf(width, height, title) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" rx="8" fill="#16181d"/>`;
}

/** The key that is being pressed, at the right end of the bar. */
function keyCap(key, width) {
  const wide = key.length * CELL + 16;
  const left = (width - PAD - wide).toFixed(1);
  return `<rect x="${left}" y="6" width="${wide.toFixed(1)}" height="23" rx="4" fill="#eed49f"/><text x="${(Number(left) + 8).toFixed(1)}" y="22" fill="#16181d" font-weight="bold">${escapeXml(key)}</text>`;
}

/** Cells of one look that stand side by side, as text. */
function runsOf(line) {
  const runs = [];
  for (let x = 0; x < COLUMNS; x++) {
    const cell = line.getCell(x);
    const look = lookOf(cell);
    const text = cell.getChars() || " ";
    const last = runs.at(-1);
    if (last?.look === look && last.x + last.text.length === x) last.text += text;
    else runs.push({ x, text, look });
  }
  // Viewers fold spaces together, so each piece between wide gaps is placed by itself.
  return runs.flatMap(({ x, text, look }) =>
    [...text.matchAll(/\S+(?: \S+)*/g)].map((piece) => ({
      x: x + piece.index,
      text: piece[0],
      look,
    })),
  );
}

function lookOf(cell) {
  const color = cell.isFgPalette() ? PALETTE[cell.getFgColor() % 8] : undefined;
  return [
    color && ` fill="${color}"`,
    cell.isBold() && ` font-weight="bold"`,
    cell.isItalic() && ` font-style="italic"`,
    cell.isDim() && ` opacity="0.6"`,
  ]
    .filter(Boolean)
    .join("");
}

function escapeXml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
