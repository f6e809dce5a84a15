import { chmodSync, cpSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "rolldown";
import { encoderFiles, handbookFiles } from "./scripts/encoder-files.mjs";
import { lessonSource } from "./scripts/lesson-source.mjs";
import { licenses } from "./scripts/licenses.mjs";
import { wasmKernels } from "./scripts/wasm-kernels.mjs";

export default defineConfig({
  // Tests call main without a process of its own.
  input: {
    cli: "src/cli.ts",
    main: "src/main.ts",
    "training-worker": "src/tinylm/worker.ts",
    "encoder-worker": "src/encoder/worker.ts",
    "serve-thread": "src/commands/serve-thread.ts",
    "xray-thread": "src/xray/thread.ts",
    "verify-child": "src/verify/child.ts",
    "exercise-child": "src/workbook/child/main.ts",
    "exercise-watchdog": "src/workbook/child/watchdog.ts",
    "exercise-hooks": "src/workbook/child/hooks.ts",
    "testing/main": "src/testing/main.ts",
    "testing/vitest": "src/testing/vitest.ts",
    "testing/jest": "src/testing/jest.ts",
  },
  platform: "node",
  logLevel: "warn",
  // The packages with a native part; everything else is bundled, which starts much faster. LanceDB and its
  // caller must share one Arrow. Tests that import llm-lab/testing have a vitest of their own.
  external: ["libsql", "@lancedb/lancedb", "apache-arrow", "pg-native", "vitest"],
  resolve: { alias: { "better-sqlite3": join(import.meta.dirname, "src/sqlite.ts") } },
  plugins: [
    lessonSource(),
    wasmKernels(),
    licenses(),
    encoderFiles(),
    handbookFiles(),
    cmaps("dist/cmaps"),
    executable("dist/cli.js"),
  ],
  output: {
    dir: "dist",
    format: "esm",
    cleanDir: true,
    chunkFileNames: "chunks/[name]-[hash].js",
    // LangChain tells classes apart by name, so names stay.
    keepNames: true,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
});

/**
 * PDFs in Chinese, Japanese and Korean name these tables, which pdf.js does not carry in itself.
 */
function cmaps(into) {
  const from = join(import.meta.dirname, "node_modules/pdfjs-dist/cmaps");
  return { name: "cmaps", writeBundle: () => cpSync(from, into, { recursive: true }) };
}

/** npx runs the program as a file. */
function executable(file) {
  return { name: "executable", writeBundle: () => chmodSync(file, 0o755) };
}
