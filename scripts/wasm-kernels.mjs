import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import asc from "assemblyscript/asc";

const VARIANTS = { portable: [], fused: ["--enable", "relaxed-simd"] };

/**
 * Compiles the kernels of the tiny LM where `kernels.wasm` is imported, from the AssemblyScript beside it.
 * A plugin for Rolldown (the build) and Vite (the tests).
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
      async handler(id) {
        const source = join(dirname(id), "assembly/index.ts");
        const lines = [];
        for (const [name, flags] of Object.entries(VARIANTS)) {
          const bytes = await compile(source, flags);
          lines.push(`export const ${name} = "${bytes.toString("base64")}";`);
        }
        return { code: lines.join("\n"), moduleType: "js" };
      },
    },
  };
}

async function compile(source, flags) {
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-kernels-"));
  const out = join(folder, "kernels.wasm");
  const memory = [
    "--importMemory",
    "--sharedMemory",
    "--initialMemory",
    "2",
    "--maximumMemory",
    "65536",
  ];
  const options = [
    source,
    "-o",
    out,
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    "--enable",
    "simd,threads",
  ];
  try {
    const { error, stderr } = await asc.main([...options, ...memory, ...flags]);
    if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
