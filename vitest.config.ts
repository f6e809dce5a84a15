import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { lessonSource } from "./scripts/lesson-source.mjs";
import { wasmKernels } from "./scripts/wasm-kernels.mjs";
import { startsProcesses, trains } from "./test/support/kinds.ts";

/** Tests that mostly wait for other processes come first, so that none of them is alone at the end. */
class ProcessesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const starting = new Set(sorted.filter(({ moduleId }) => startsProcesses(moduleId)));
    return [...starting, ...sorted.filter((file) => !starting.has(file))];
  }
}

/** `vitest --mode quick` leaves out what starts processes or trains models. */
export default defineConfig(({ mode }) => ({
  plugins: [lessonSource(), wasmKernels()],
  test: {
    include: ["src/**/*.test.ts", "lessons/**/*.test.ts", "test/**/*.test.ts"],
    exclude: mode === "quick" ? slowTests() : [],
    setupFiles: mode === "quick" ? ["test/support/no-processes.ts"] : [],
    globalSetup: "test/support/build.ts",
    maxWorkers: "100%",
    sequence: { sequencer: ProcessesFirst },
    // For slow machines; no test waits for time to pass.
    testTimeout: 240_000,
    hookTimeout: 300_000,
  },
}));

function slowTests(): string[] {
  return ["src", "lessons", "test"]
    .flatMap((folder) =>
      readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: "utf8" }).map(
        (file) => `${folder}/${file.replaceAll("\\", "/")}`,
      ),
    )
    .filter((file) => file.endsWith(".test.ts"))
    .filter((file) => {
      const full = join(import.meta.dirname, file).replaceAll("\\", "/");
      return startsProcesses(full) || trains(full);
    });
}
