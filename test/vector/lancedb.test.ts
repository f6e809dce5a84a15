import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conformance } from "./conformance.ts";

conformance("lancedb", async () => {
  const path = mkdtempSync(join(tmpdir(), "llm-lab-lance-"));
  return {
    options: { store: "lancedb", path },
    close: async () => rmSync(path, { recursive: true, force: true }),
  };
});
