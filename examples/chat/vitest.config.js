import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/*.vitest.js"],
    setupFiles: ["llm-lab/testing/vitest"],
    // The first request loads a tokenizer: a busy machine takes its time.
    testTimeout: 30_000,
  },
});
