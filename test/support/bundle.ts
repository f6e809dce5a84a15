import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";

const require = createRequire(import.meta.url);
const NATIVE = ["@lancedb/lancedb", "apache-arrow"];

/** A TypeScript program as one that Node runs, outside the clone: for tests that need several processes. */
export async function bundle(input: string): Promise<{ file: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
  const file = join(folder, "program.mjs");
  await build({
    input,
    platform: "node",
    logLevel: "silent",
    external: ["pg-native"],
    plugins: [
      {
        name: "native",
        resolveId: (id) =>
          NATIVE.includes(id)
            ? { id: pathToFileURL(require.resolve(id)).href, external: true }
            : null,
      },
    ],
    output: { file, codeSplitting: false, keepNames: true },
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
