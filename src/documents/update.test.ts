import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../vector/engines.ts";
import { Ledger } from "./ledger.ts";
import { planUpdate } from "./plan.ts";
import { update } from "./update.ts";

const base = mkdtempSync(join(tmpdir(), "llm-lab-update-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A store in memory that counts the rows it is asked to read, and the texts that are embedded. */
async function countingStore() {
  const counts = { texts: 0, rows: 0 };
  const embedDocuments = async (texts: string[]) => {
    counts.texts += texts.length;
    return texts.map((text) => [text.length, 1]);
  };
  const embeddings = { embedDocuments, embedQuery: async () => [1, 1] };
  const store = await openStore({ store: "memory", model: "count", embeddings });
  const scan = store.scan.bind(store);
  store.scan = async function* (wish) {
    for await (const row of scan(wish)) {
      counts.rows += 1;
      yield row;
    }
  };
  return { store, embeddings, counts };
}

async function bringIntoLine(
  folder: string,
  { store, embeddings }: Awaited<ReturnType<typeof countingStore>>,
) {
  const ledger = await Ledger.of(store);
  const sizes = { size: 800, overlap: 100 };
  const plan = await planUpdate({ folder, sizes }, ledger, () => {});
  await update(plan, { store, embeddings, batch: 16, onRows: () => {} });
  return store.count();
}

function folderOf(count: number, textOf: (at: number) => string): string {
  const folder = mkdtempSync(join(base, "case-"));
  for (let at = 0; at < count; at += 1) writeFileSync(join(folder, `${at}.txt`), textOf(at));
  return folder;
}

describe.each([200, 400, 800])("of %i files", (count) => {
  test("that are equal, one text is embedded and no row is read back", async () => {
    const counting = await countingStore();
    const folder = folderOf(count, () => "The same words in each.");
    expect(await bringIntoLine(folder, counting)).toBe(count);
    expect(counting.counts).toEqual({ texts: 1, rows: 0 });
  });

  test("that differ, each is embedded once and no row is read back", async () => {
    const counting = await countingStore();
    expect(
      await bringIntoLine(
        folderOf(count, (at) => `Words ${at}.`),
        counting,
      ),
    ).toBe(count);
    expect(counting.counts).toEqual({ texts: count, rows: 0 });
  });

  test("that move, each row is read once for the list and once for its vector", async () => {
    const counting = await countingStore();
    const folder = folderOf(count, (at) => `Words ${at}.`);
    await bringIntoLine(folder, counting);
    for (let at = 0; at < count; at += 1)
      renameSync(join(folder, `${at}.txt`), join(folder, `new ${at}.txt`));
    counting.counts.rows = 0;
    expect(await bringIntoLine(folder, counting)).toBe(count);
    expect(counting.counts).toEqual({ texts: count, rows: 2 * count });
  });
});

test("a file of more chunks than a call may have arguments", async () => {
  const counting = await countingStore();
  const folder = folderOf(1, () => "x".repeat(7_000_000));
  const ledger = await Ledger.of(counting.store);
  const plan = await planUpdate({ folder, sizes: { size: 50, overlap: 0 } }, ledger, () => {});
  expect([plan.chunks, plan.leftOut]).toEqual([140_000, []]);
});

test("what a file had is gone when it has no text any more", async () => {
  const counting = await countingStore();
  const folder = folderOf(3, (at) => `Words ${at}.`);
  await bringIntoLine(folder, counting);
  writeFileSync(join(folder, "1.txt"), "");
  writeFileSync(join(folder, "2.txt"), new Uint8Array([1, 0, 5]));
  expect(await bringIntoLine(folder, counting)).toBe(1);
});
