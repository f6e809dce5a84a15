/**
 * Makes the pictures under images/: `npm run images`. A picture of a run is what a terminal emulator
 * shows of a real one, drawn as SVG.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import xterm from "@xterm/headless";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const COLUMNS = 80;
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
const RUNS = {
  "lesson-memory": {
    argv: ["lesson", "memory/window", "--answers", "no"],
    from: /Step 1/,
    to: /You said no/,
  },
  "memory-compare": {
    argv: ["lesson", "memory/compare"],
    from: /^\s+\S*Tokens sent each turn/,
    to: /forgets at turn/,
    more: 6,
  },
};

for (const [name, { argv, from, to, more = 1 }] of Object.entries(RUNS)) {
  const env = { PATH: process.env.PATH, FORCE_COLOR: "2", COLUMNS: String(COLUMNS) };
  const text = execFileSync(process.execPath, [path("../dist/cli.js"), ...argv], {
    encoding: "utf8",
    env,
  });
  const lines = text.split("\n");
  const start = lines.findIndex((line) => from.test(line));
  const end = lines.findIndex((line, at) => at > start && to.test(line)) + more;
  const svg = await draw(lines.slice(start, end), `llm-lab ${argv.slice(0, 2).join(" ")}`);
  writeFileSync(path(`../images/${name}.svg`), svg);
  console.log(`images/${name}.svg`);
}

/** What a terminal shows of these lines, as SVG: one text element for each run of cells of one look. */
async function draw(lines, title) {
  const terminal = new xterm.Terminal({
    cols: COLUMNS,
    rows: lines.length,
    allowProposedApi: true,
    convertEol: true,
  });
  await new Promise((resolve) => terminal.write(lines.join("\n"), resolve));
  const [cell, row, pad] = [8.4, 18, 16];
  const [width, height] = [COLUMNS * cell + 2 * pad, lines.length * row + 2 * pad];
  const body = lines.flatMap((_, y) =>
    runsOf(terminal.buffer.active.getLine(y)).map(({ x, text, look }) => {
      const at = `x="${(pad + x * cell).toFixed(1)}" y="${pad + (y + 1) * row - 5}"`;
      return `<text ${at} textLength="${(text.length * cell).toFixed(1)}"${look}>${escapeXml(text)}</text>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" rx="8" fill="#16181d"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#d8dbe2" xml:space="preserve">
${body.join("\n")}
</g>
</svg>
`;
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
