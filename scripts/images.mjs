/**
 * Makes the pictures under images/: `npm run images`, or `npm run images -- <folder>` to put them
 * elsewhere.
 *
 * A picture of a run is what a terminal emulator shows of a real one, drawn as SVG. A picture of a
 * chain is drawn from the chain of a real run, with the values that flowed, as SVG and PNG. The
 * same runs give the same bytes, so times are left out.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import xterm from "@xterm/headless";
import { loadSources } from "./bundle.mjs";

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

const CHAINS = {
  "llm-chain": { section: "chains/llm-chain", title: "An LLM chain" },
  "simple-sequential-chain": {
    section: "chains/simple-sequential",
    title: "A simple sequential chain",
  },
  "sequential-chain": { section: "chains/sequential", title: "A sequential chain" },
  "router-chain": { section: "chains/router", title: "A router chain" },
  "lcel-chain": { section: "chains/now", title: "A chain in LCEL" },
};

const folder = resolve(process.argv[2] ?? path("../images"));
mkdirSync(folder, { recursive: true });
const require = createRequire(import.meta.url);

for (const [name, { argv, from, to, more = 1 }] of Object.entries(RUNS)) {
  const env = { PATH: process.env.PATH, FORCE_COLOR: "2", COLUMNS: String(COLUMNS) };
  const text = execFileSync(process.execPath, [path("../dist/cli.js"), ...argv], {
    encoding: "utf8",
    env,
  });
  const lines = text.replace(/ · [\d.]+ m?s\b/g, "").split("\n");
  const start = lines.findIndex((line) => from.test(line));
  const end = lines.findIndex((line, at) => at > start && to.test(line)) + more;
  const svg = await draw(lines.slice(start, end), `llm-lab ${argv.slice(0, 2).join(" ")}`);
  save(`${name}.svg`, svg);
}

const { diagramSvg } = await loadSources("diagram/svg");
await initWasm(readFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
for (const [name, { section, title }] of Object.entries(CHAINS)) {
  const argv = [path("../dist/cli.js"), "lesson", section, "--format", "jsonl"];
  const env = { PATH: process.env.PATH };
  const events = execFileSync(process.execPath, argv, {
    encoding: "utf8",
    env,
    maxBuffer: 2 ** 26,
  });
  const drawn = events.split("\n").filter((line) => line.startsWith('{"type":"chain-drawn"'));
  const svg = diagramSvg(JSON.parse(drawn[0]).diagram, title);
  save(`${name}.svg`, svg);
  save(`${name}.png`, pngOf(svg));
}

function save(name, content) {
  writeFileSync(join(folder, name), content);
  console.log(name);
}

/**
 * A chain's SVG as PNG, twice as large, on no background, in a font that is the same everywhere.
 */
function pngOf(svg) {
  const font = (file) => readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
  const fontBuffers = [font("DejaVuSansMono.ttf"), font("DejaVuSansMono-Bold.ttf")];
  const options = {
    fitTo: { mode: "zoom", value: 2 },
    font: { fontBuffers, defaultFontFamily: "DejaVu Sans Mono" },
  };
  return new Resvg(svg, options).render().asPng();
}

/**
 * What a terminal shows of these lines, as SVG: one text element for each run of cells of one look.
 */
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
<g font-family="'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#d8dbe2" xml:space="preserve">
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
