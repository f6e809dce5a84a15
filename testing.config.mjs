import { defineConfig } from "rolldown";
import { declarations } from "./scripts/declarations.mjs";
import { lessonSource } from "./scripts/lesson-source.mjs";
import { wasmKernels } from "./scripts/wasm-kernels.mjs";

/** llm-lab/testing once more in CommonJS, which Jest loads by default, and its types. */
export default defineConfig({
  input: { main: "src/testing/main.ts", jest: "src/testing/jest.ts" },
  platform: "node",
  logLevel: "warn",
  plugins: [
    lessonSource(),
    wasmKernels(),
    declarations("src/testing", ["main", "types", "vitest", "jest"]),
  ],
  output: {
    dir: "dist/testing",
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "chunks/[name]-[hash].cjs",
    keepNames: true,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
});
