import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Ledger } from "./ledger.ts";
import { planUpdate } from "./plan.ts";
import { walk } from "./walk.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-walk-"));
  chmodSync(folder, 0o755);
});
afterEach(() => {
  for (const name of ["shut", "shut.md"]) chmodSync(join(folder, name), 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs as somebody who may not read everything, as root may. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test("what may not be read is named, and what was known of it is kept", async () => {
  mkdirSync(join(folder, "shut"));
  for (const name of ["open.md", "shut.md", "shut/in.md"]) writeFileSync(join(folder, name), name);
  const settings = { folder, sizes: { size: 800, overlap: 100 }, largest: 1000 };
  const before = await planUpdate(settings, new Ledger(), () => {});
  expect(before.rows).toHaveLength(3);
  const rows = before.rows.map(({ id, document }) => ({
    document: Object.assign(document, { id }),
  }));
  rows.push({ document: Object.assign(structured(rows[0]!.document, "gone.md"), { id: "gone" }) });
  const ledger = await Ledger.of({
    async *scan() {
      yield* rows;
    },
  } as unknown as Parameters<typeof Ledger.of>[0]);

  chmodSync(join(folder, "shut"), 0);
  chmodSync(join(folder, "shut.md"), 0);
  const plan = await asNobody(() => planUpdate(settings, ledger, () => {}));
  expect(plan.leftOut.toSorted((a, b) => (a.file < b.file ? -1 : 1))).toEqual([
    { file: "shut", reason: "no permission to read it" },
    { file: "shut.md", reason: "no permission to read it" },
  ]);
  expect([plan.rows, plan.stale, plan.files]).toEqual([
    [],
    ["gone"],
    { all: 1, changed: 0, unchanged: 1, gone: 1 },
  ]);
  await expect(asNobody(() => walk(join(folder, "shut"), { largest: 1000 }))).rejects.toMatchObject(
    { message: expect.stringMatching(/cannot be read: no permission/) },
  );
});

function structured<T extends { metadata: object }>(document: T, file: string): T {
  return { ...document, metadata: { ...document.metadata, file } };
}
