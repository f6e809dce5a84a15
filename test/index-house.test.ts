import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../src/vector/engines.ts";
import { manyFiles, rowsIn, writeFiles } from "./support/documents.ts";
import { eventsOf, run } from "./support/program.ts";

const base = mkdtempSync(join(tmpdir(), "llm-lab-house-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const fresh = () => mkdtempSync(join(base, "one-"));

async function done(argv: string[]) {
  const { code, stdout, stderr } = await run(argv);
  expect([argv, code, stderr]).toEqual([argv, 0, ""]);
  return stdout;
}

/** Two folders with a note each, in one index. */
async function twoFolders() {
  const home = fresh();
  const [attic, cellar, into] = ["attic", "cellar", "store"].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  writeFiles(attic, { "trunk.md": "# Trunk\n\nThe trunk is red.\n" });
  writeFiles(cellar, { "barrel.md": "# Barrel\n\nThe barrel is blue.\n", "b.md": "Wine.\n" });
  for (const folder of [attic, cellar]) await done(["index", folder, "--into", into]);
  return { attic, cellar, into };
}

async function listed(into: string) {
  const events = eventsOf(await done(["index", "--list", "--into", into, "--format", "jsonl"]));
  return events.find(({ type }) => type === "index-listed");
}

describe("what is indexed", () => {
  test("is listed: folder, files, chunks, model, when and size", async () => {
    const { attic, cellar, into } = await twoFolders();
    const { folders, bytes } = await listed(into);
    const common = { isThere: true, model: "offline-embedding-2" };
    expect(folders).toEqual([
      { ...common, folder: attic, files: 1, chunks: 1, indexed: expect.any(String) },
      { ...common, folder: cellar, files: 2, chunks: 2, indexed: expect.any(String) },
    ]);
    expect(Math.abs(Date.now() - Date.parse(folders[0].indexed))).toBeLessThan(600_000);
    expect(bytes).toBeGreaterThan(1000);
    const page = await done(["index", "--list", "--into", into]);
    expect(page).toMatch(/^Indexed in lancedb in .*store, \d[\d.]* [kM]B:$/m);
    expect(page).toContain(`${attic}\n  1 file, 1 chunk, by offline-embedding-2, last changed 20`);
  });

  test("is nothing at first, and no store is made by looking", async () => {
    const into = join(fresh(), "nowhere");
    expect(await done(["index", "--list", "--into", into])).toContain("Nothing is indexed in");
    expect((await listed(into)).folders).toEqual([]);
  });

  test("leaves by --remove, by its name or as it was typed, although the folder is gone", async () => {
    const { attic, cellar, into } = await twoFolders();
    rmSync(attic, { recursive: true });
    expect(await done(["index", "--remove", attic, "--into", into])).toContain("1 chunk left");
    expect((await listed(into)).folders).toMatchObject([{ folder: cellar }]);
    const again = await run(["index", "--remove", attic, "--into", into]);
    expect([again.code, again.stderr]).toEqual([
      2,
      `${attic} is not in the index.\nIndexed are ${cellar}.\n`,
    ]);
  });

  test.each([
    [["index", "x", "--list"], /three commands/],
    [["index", "--list", "--remove", "x"], /three commands/],
    [["index"], /Which folder\?/],
  ])("%j is refused", async (argv, message) => {
    const { code, stderr } = await run(argv);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe("a folder that has moved", () => {
  test("is not quoted, is named, and index says what to do", async () => {
    const { attic, into } = await twoFolders();
    const loft = `${attic}-2`;
    renameSync(attic, loft);
    const page = (await done(["ask", "Which colour is the trunk?", "--in", into])).replace(
      /\s+/g,
      " ",
    );
    expect(page).toContain(`llm-lab index --remove ${attic}`);
    expect(page).not.toContain("The trunk is red");
    const { code, stderr } = await run(["index", attic, "--into", into]);
    expect(code).toBe(2);
    expect(stderr).toContain(`There is no folder ${attic}.\nIt was indexed before.`);
    expect(stderr).toContain(`--remove ${attic} --into ${into}`);
    // Moved files have the same texts, so nothing is embedded again.
    const events = eventsOf(await done(["index", loft, "--into", into, "--format", "jsonl"]));
    expect(events.find(({ type }) => type === "index-end")).toMatchObject({ embedded: 0 });
    expect(await done(["ask", "Which colour is the trunk?", "--in", into])).toContain(
      "The trunk is red.",
    );
    expect((await listed(into)).folders[0]).toMatchObject({ folder: attic, isThere: false });
  });
});

test("a name with a byte that is not UTF-8 ends neither an index nor a lesson", async (task) => {
  const [folder, into] = [join(fresh(), "odd"), join(fresh(), "store")];
  writeFiles(folder, { "kettle.md": "The kettle is green.\n" });
  const odd = (name: string) =>
    Buffer.concat([Buffer.from(`${folder}/${name}`), Buffer.from([0xff])]);
  try {
    writeFileSync(odd("pan.md"), "The pan is red.\n");
    mkdirSync(odd("pans"));
  } catch {
    // Some file systems refuse such names.
    task.skip();
  }
  expect(await done(["index", folder, "--into", into])).toContain("its name cannot be read");
  expect(await done(["ask", "Which colour has the kettle?", "--in", into])).toContain("green");
  const question = "question=Which colour has the kettle?";
  const argv = ["lesson", "vector-store/your-documents", "--set", `folder=${folder}`, "--set"];
  expect(await done([...argv, question])).toContain("The kettle is green.");
});

describe("an index that an earlier version embedded", () => {
  const NONE = {} as EmbeddingsInterface;
  const old = (path: string) =>
    openStore({
      store: "lancedb",
      path,
      collection: "documents_offline-embedding",
      model: "offline-embedding",
      dimension: 384,
      embeddings: NONE,
    });

  async function withOld(files: Record<string, string>) {
    const home = fresh();
    const [notes, into] = [join(home, "notes"), join(home, "store")];
    writeFiles(notes, files);
    const store = await old(into);
    const metadata = { folder: notes, file: "a.md", made: "m", chunk: "c", place: 0, of: 1 };
    const vector = Array.from({ length: 384 }, (_, at) => Number(at === 0));
    await store.addVectors([vector], [{ id: "1", pageContent: "Old.", metadata }]);
    await store.close();
    const left = async () => {
      const again = await old(into);
      const count = await again.count();
      await again.close();
      return count;
    };
    return { notes, into, left };
  }

  test("is told apart by ask, embedded again by index, and leaves when that is done", async () => {
    const { notes, into, left } = await withOld({ "a.md": "The kettle is green.\n" });
    const { code, stderr } = await run(["ask", "Which colour has the kettle?", "--in", into]);
    expect(code).toBe(2);
    expect(stderr.replace(/\s+/g, " ")).toMatch(
      /was embedded by offline-embedding, and this run embeds by offline-embedding-2\. Index it again: llm-lab index /,
    );
    await done(["index", notes, "--into", into]);
    expect(await left()).toBe(0);
    expect((await listed(into)).folders).toMatchObject([
      { folder: notes, model: "offline-embedding-2" },
    ]);
    expect(await done(["ask", "Which colour has the kettle?", "--in", into])).toContain("green");
  });

  test("stays as long as the new one is not whole", async () => {
    const { notes, into, left } = await withOld(manyFiles(60));
    const argv = ["index", notes, "--into", into, "--batch", "10", "--format", "jsonl"];
    const ended = await run(argv, {
      watch(output, child) {
        if (output.split('"work":"embedding"').length > 3) child.kill("SIGINT");
      },
    });
    expect(ended.code).not.toBe(0);
    expect(await left()).toBe(1);
    expect((await rowsIn(into)).length).toBeGreaterThan(0);
    const events = eventsOf(await done(argv));
    const { embedded } = events.find(({ type }) => type === "index-end");
    expect(embedded).toBeLessThan(60);
    expect([await left(), (await rowsIn(into)).length]).toEqual([0, 60]);
  });
});
