/**
 * How long it takes to train the tiny LM here, how good it gets, and how fast its kernels are.
 * Run it with `npm run bench:tinylm`; `-- --help` says what else there is.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "rolldown";
import { HELP, parseFlags } from "./bench-tinylm/flags.mjs";
import { wasmKernels } from "./wasm-kernels.mjs";

const flags = readFlags();
const path = (file) => fileURLToPath(new URL(file, import.meta.url));

// Bundled as a package of its own, so that threads find their worker where they do in llm-lab.
const folder = mkdtempSync(join(tmpdir(), "llm-lab-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
await build({
  input: {
    bench: path("./bench-tinylm/main.ts"),
    "training-worker": path("../src/tinylm/worker.ts"),
  },
  platform: "node",
  logLevel: "silent",
  plugins: [wasmKernels()],
  output: { dir: join(folder, "dist") },
});

const { bench } = await import(pathToFileURL(join(folder, "dist/bench.js")));
const places = {
  build: folder,
  openblas: path("./bench-openblas.c"),
  cache: path("../node_modules/.cache/bench-tinylm"),
};
process.exit((await bench(flags, places, (line) => console.log(line))) ? 0 : 1);

function readFlags() {
  try {
    const found = parseFlags(process.argv.slice(2));
    if (found !== "help") return found;
    console.log(HELP);
    process.exit(0);
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}
