/**
 * How long it takes to train the tiny LM here, how good it gets, and how fast its kernels are.
 * Run it with `npm run bench:tinylm`; `-- --help` says what else there is.
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { HELP, parseFlags } from "./bench-tinylm/flags.mjs";
import { bundle } from "./bundle.mjs";

const flags = readFlags();
const path = (file) => fileURLToPath(new URL(file, import.meta.url));

// The worker lies beside, where threads find it as they do in llm-lab.
const program = await bundle({
  bench: "scripts/bench-tinylm/main.ts",
  "training-worker": "src/tinylm/worker.ts",
});
const { bench } = await import(pathToFileURL(program.file("bench")).href);
const places = {
  build: program.folder,
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
