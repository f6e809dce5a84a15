import { defineConfig } from "vitest/config";
import { lessonSource } from "./scripts/lesson-source.mjs";
import { wasmKernels } from "./scripts/wasm-kernels.mjs";

export default defineConfig({
  plugins: [lessonSource(), wasmKernels()],
  test: {
    include: ["src/**/*.test.ts", "lessons/**/*.test.ts", "test/**/*.test.ts"],
    // For slow machines; no test waits for time to pass.
    globalSetup: "test/support/build.ts",
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
