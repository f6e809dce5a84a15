import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "rolldown";

/**
 * A TypeScript program as one that Node runs: for tests that need several processes. It lies in the clone while
 * it is used, where Node finds the packages with native parts.
 */
export async function bundle(input: string): Promise<{ file: string; remove(): void }> {
  const folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.llm-lab-test-"));
  const file = join(folder, "program.mjs");
  await build({
    input,
    platform: "node",
    logLevel: "silent",
    external: ["pg-native", "@lancedb/lancedb", "apache-arrow"],
    output: { file, codeSplitting: false, keepNames: true },
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
