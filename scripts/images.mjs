/**
 * Makes the pictures under images/: `npm run images`, or `npm run images -- <folder>` to put them
 * elsewhere.
 *
 * A picture of a run is what a terminal emulator shows of a real one, drawn as SVG; a recording is
 * what it shows while somebody presses keys, as SVG that moves. A picture of a
 * chain is drawn from the chain of a real run, with the values that flowed, as SVG and PNG. The
 * same runs give the same bytes, so times are left out.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { loadSources } from "./bundle.mjs";
import { record } from "./recording.mjs";
import { COLUMNS, drawFrames, drawLines } from "./terminal-picture.mjs";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const RUNS = {
  "memory-compare": {
    argv: ["lesson", "memory/compare"],
    from: /^\s+\S*Tokens sent each turn/,
    to: /forgets at turn/,
    more: 6,
  },
};

/** Somebody plays a section: what stands in the last line, how long it is read, what is pressed. */
const RECORDINGS = {
  "lesson-window": {
    argv: ["lesson", "memory/window"],
    acts: [
      { until: /^more: Enter/, seconds: 5, press: "Enter" },
      { until: /^Enter runs it/, seconds: 6, press: "Enter" },
      { until: /or a number/, seconds: 3, press: "1" },
      { until: /^more: Enter/, seconds: 7, press: "Enter" },
      { until: /^Enter next/, seconds: 9, press: "e" },
      { until: /or a number/, seconds: 2, press: "1" },
      { until: /^> 1$/, seconds: 1, press: "Backspace" },
      { until: /^>$/, seconds: 0.3, press: "3" },
      { until: /^> 3$/, seconds: 1, press: "Enter" },
      { until: /or a number/, seconds: 3, press: "1" },
      { until: /^more: Enter/, seconds: 4, press: "Enter" },
      { until: /^Enter next/, seconds: 9 },
    ],
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
  const svg = await drawLines(lines.slice(start, end), `llm-lab ${argv.slice(0, 2).join(" ")}`);
  save(`${name}.svg`, svg);
}

for (const [name, { argv, acts }] of Object.entries(RECORDINGS)) {
  const frames = await record(argv, acts);
  save(`${name}.svg`, drawFrames(frames, `npx llm-lab ${argv.join(" ")}`));
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
