import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const VARIANTS = { portable: [], fused: ["--enable", "relaxed-simd"] };
const OPTIONS = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--enable",
  "simd,threads",
  "--importMemory",
  "--sharedMemory",
  "--initialMemory",
  "2",
  "--maximumMemory",
  "65536",
];

const root = join(import.meta.dirname, "..");
const cache = join(root, "node_modules/.cache/llm-lab");

/**
 * Compiles the kernels of the tiny LM where `kernels.wasm` is imported, from the AssemblyScript beside it.
 * They are kept in node_modules/.cache: compiling takes four seconds, and each build and each run
 * of tests needs them. A plugin for Rolldown (the build) and Vite (the tests).
 */
export function wasmKernels() {
  return {
    name: "wasm-kernels",
    enforce: "pre",
    resolveId: {
      filter: { id: /\/kernels\.wasm$/ },
      handler: (id, importer) => `${join(dirname(importer), id)}.js`,
    },
    load: {
      filter: { id: /[\\/]kernels\.wasm\.js$/ },
      handler: async (id) => ({
        code: await moduleOf(join(dirname(id), "assembly")),
        moduleType: "js",
      }),
    },
  };
}

/** The module that exports each variant in base 64, compiled once for the same sources. */
async function moduleOf(folder) {
  const kept = join(cache, `kernels-${hashOf(folder)}.js`);
  try {
    return readFileSync(kept, "utf8");
  } catch {
    // Nobody has compiled these sources yet.
  }
  const lines = [];
  for (const [name, flags] of Object.entries(VARIANTS)) {
    const bytes = await compile(join(folder, "index.ts"), flags);
    lines.push(`export const ${name} = "${bytes.toString("base64")}";`);
  }
  const code = lines.join("\n");
  mkdirSync(cache, { recursive: true });
  // Another build may write at the same moment: a name is given to a whole file only.
  const whole = join(mkdtempSync(join(cache, "kernels-")), "kernels.js");
  writeFileSync(whole, code);
  renameSync(whole, kept);
  rmSync(dirname(whole), { recursive: true });
  return code;
}

/** One hash for all that the result depends on: sources, options and the compiler. */
function hashOf(folder) {
  const hash = createHash("sha256").update(JSON.stringify([VARIANTS, OPTIONS]));
  hash.update(readFileSync(join(root, "node_modules/assemblyscript/package.json")));
  for (const file of readdirSync(folder).sort())
    hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest("hex").slice(0, 16);
}

async function compile(source, flags) {
  const { default: asc } = await import("assemblyscript/asc");
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-kernels-"));
  const out = join(folder, "kernels.wasm");
  try {
    const { error, stderr } = await asc.main([source, "-o", out, ...OPTIONS, ...flags]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
