import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { lessonSource } from "./scripts/lesson-source.mjs";
import { wasmKernels } from "./scripts/wasm-kernels.mjs";
import { startsProcesses, trains, writesDatabases } from "./test/support/kinds.ts";

/** Long tests come first, so that none of them is alone at the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ project }: TestSpecification) => project.name === "slow";
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

const all = ["src", "lessons", "test"].flatMap(testsIn);
const slow = all.filter((file) => startsProcesses(file) || trains(file) || writesDatabases(file));

const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    test: { name: "slow", include: slow, globalSetup: "test/support/build.ts" },
  },
  {
    extends: true,
    test: {
      name: "quick",
      include: all.filter((file) => !slow.includes(file)),
      setupFiles: ["test/support/no-processes.ts"],
    },
  },
];

/** `vitest --project quick` leaves out what starts processes, trains models or writes databases. */
export default defineConfig({
  plugins: [lessonSource(), wasmKernels()],
  test: {
    projects,
    // Files share what they import: LangChain is loaded once a worker, not once a file.
    isolate: false,
    // A test that waits for a process or a disk leaves its core to another.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: SlowFirst },
    // For slow machines; no test waits for time to pass.
    testTimeout: 240_000,
    hookTimeout: 300_000,
  },
});

/** Paths of a folder's tests, with forward slashes. */
function testsIn(folder: string): string[] {
  return readdirSync(join(import.meta.dirname, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => join(import.meta.dirname, folder, file).replaceAll("\\", "/"));
}
