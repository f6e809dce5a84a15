import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEndpoint } from "../src/offline/app.ts";
import { manyFiles, rowsIn, writeFiles } from "./support/documents.ts";
import { eastAsianPdfOf, pdfOf } from "./support/pdf.ts";
import { servePostgres } from "./support/postgres.ts";
import { eventsOf, root, run } from "./support/program.ts";
import { serveQdrant } from "./support/qdrant.ts";
import { serveHandler } from "./support/server.ts";

const base = mkdtempSync(join(tmpdir(), "llm-lab-index-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A folder of files, and a place for its index. */
function folderOf(files: Record<string, string | Uint8Array>) {
  const at = mkdtempSync(join(base, "case-"));
  const folder = join(at, "docs");
  mkdirSync(folder);
  writeFiles(folder, files);
  return { folder, into: join(at, "store") };
}

async function index(folder: string, into: string, flags: string[] = [], env = {}) {
  const argv = ["index", folder, "--into", into, "--format", "jsonl", ...flags];
  const { code, stdout, stderr } = await run(argv, { env });
  expect([code, stderr]).toEqual([0, ""]);
  return eventsOf(stdout).at(-1);
}

describe("what is embedded", () => {
  let server: Awaited<ReturnType<typeof serveHandler>>;
  beforeAll(async () => {
    const endpoint = createEndpoint({ countTokens: (text) => text.length });
    server = await serveHandler((request) => endpoint.fetch(request));
  });
  afterAll(() => server.close());

  const flags = ["--model", "offline-tutor", "--embedding-model", "offline-embedding-2"];
  /**
   * Indexes by way of the server, and gives what it was sent beside what the run says of itself.
   */
  async function counted(folder: string, into: string, more: string[] = []) {
    server.received.length = 0;
    const end = await index(folder, into, [...flags, ...more], { OPENAI_BASE_URL: server.url });
    const requests = server.received.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
    expect(new Set(requests.map(({ path }) => path))).toEqual(
      new Set(requests.length > 0 ? ["/v1/embeddings"] : []),
    );
    const inputs = requests.map(({ input }) => [input].flat() as string[]);
    const texts = inputs.filter(([first]) => first !== "dimension");
    // The request that learns the dimension is on the bill too.
    expect([end.requests, end.embedded]).toEqual([inputs.length, texts.flat().length]);
    return { texts: texts.flat(), probes: inputs.length - texts.length, end };
  }

  test("everything once, then nothing, then what changed, and what is gone leaves", async () => {
    const { folder, into } = folderOf(manyFiles(40));
    const first = await counted(folder, into, ["--batch", "16"]);
    expect([first.texts.length, first.probes, first.end.requests]).toEqual([40, 1, 4]);
    const again = await counted(folder, into);
    expect([again.texts, again.probes]).toEqual([[], 0]);

    writeFiles(folder, {
      "part 1/note 1.md": "# Note 1\n\nShelf 1 holds the box 7919.\n\n# Lid\n\nIt has a lid now.\n",
    });
    const changed = await counted(folder, into);
    expect(changed.texts).toEqual(["Lid\nIt has a lid now."]);
    expect(changed.end.files).toMatchObject({ changed: 1, unchanged: 39, gone: 0 });

    rmSync(join(folder, "part 2"), { recursive: true });
    const less = await counted(folder, into);
    expect(less.texts).toEqual([]);
    expect(less.end).toMatchObject({ files: { gone: 6 }, chunks: 35 });
    const rows = await rowsIn(into);
    expect(rows).toHaveLength(35);
    expect(rows.filter(({ metadata }) => String(metadata.file).startsWith("part 2/"))).toEqual([]);
  });

  test("a file that moves, and a copy, are not embedded again", async () => {
    const { folder, into } = folderOf({ "a.md": "# One\n\nA tale of a kettle.\n" });
    await counted(folder, into);
    writeFiles(folder, { "b/c.md": "# One\n\nA tale of a kettle.\n" });
    expect((await counted(folder, into)).texts).toEqual([]);
    rmSync(join(folder, "a.md"));
    expect((await counted(folder, into)).texts).toEqual([]);
    expect((await rowsIn(into)).map(({ metadata }) => metadata.file)).toEqual(["b/c.md"]);
  });

  test("a line above moves the place of what is below, which is not embedded again", async () => {
    const { folder, into } = folderOf({ "a.md": "# One\n\nA kettle.\n" });
    await counted(folder, into);
    writeFiles(folder, { "a.md": "\n\n# One\n\nA kettle.\n" });
    expect((await counted(folder, into)).texts).toEqual([]);
    expect((await rowsIn(into)).map(({ metadata }) => metadata.line)).toEqual([5]);
  });

  test("a budget ends a run; what was embedded stays", async () => {
    const { folder, into } = folderOf(manyFiles(20));
    const prices = join(base, "prices.json");
    writeFileSync(prices, JSON.stringify({ "offline-embedding-2": [1_000_000, 0] }));
    const argv = ["index", folder, "--into", into, "--batch", "5", "--prices", prices, ...flags];
    const env = { OPENAI_BASE_URL: server.url };
    const { code, stderr } = await run([...argv, "--budget", "150"], { env });
    expect(stderr).toMatch(
      /^The budget of \$150 (?:does not cover the next request|is spent): about \$\d+/,
    );
    expect(code).toBe(1);
    const stored = (await rowsIn(into)).length;
    expect([5, 10, 15]).toContain(stored);
    expect((await counted(folder, into)).texts).toHaveLength(20 - stored);
  });
});

test("what it costs is said before anything is sent", async () => {
  const { folder, into } = folderOf(manyFiles(3));
  const env = { OPENAI_BASE_URL: "http://api.example.invalid/v1", OPENAI_API_KEY: "sk-x-123456" };
  const argv = ["index", folder, "--into", into];
  const unnamed = await run(argv, { env });
  expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringMatching(/--embedding-model/)]);
  const small = [...argv, "--embedding-model", "text-embedding-3-small"];
  const asked = await run(small, { env });
  expect(asked.stderr).toMatch(
    /^text-embedding-3-small will get 3 chunks with about \d+ tokens: about \$0\.\d{4,6} at prices of \d{4}-\d\d\.\nAdd --yes/,
  );
  expect(asked.code).toBe(2);
  const agreed = await run([...small, "--yes"], { env });
  expect(agreed.stderr).toMatch(/There is no host called api\.example\.invalid/);
  expect(agreed.code).toBe(1);
});

describe("what is read", () => {
  test("Markdown, text, HTML and PDF, with where each chunk stands", async () => {
    const { folder, into } = folderOf({
      "guide.md":
        "Before.\n\n# Guide\n\n## [![badge](x.svg)](y) *Tyres*\n\nPump them.\n\n```sh\n# no heading\n```\n",
      "plain.txt": "First line.\r\nSecond line.\r\n",
      README: "No ending.",
      "page.html":
        "<html><head><style>p{}</style><script>var x</script></head><body><h1>Boiler</h1><p>Service it &amp; rest.</p></body></html>",
      "paper.pdf": pdfOf([["The pump runs", "at 3 bar."], ["Second page."]]),
      "nihon.pdf": eastAsianPdfOf(
        "UniJIS-UTF16-H",
        "Japan1",
        Buffer.from("ポンプは青い", "utf16le").swap16(),
      ),
      "zhongguo.pdf": eastAsianPdfOf("GBK-EUC-H", "GB1", Buffer.from("cbaeb1c3cac7c0b6", "hex")),
      "wide.txt": new Uint8Array([0xff, 0xfe, 0x48, 0, 0xe4, 0]),
      "latin.txt": new Uint8Array([0x63, 0x61, 0x66, 0xe9]),
    });
    await index(folder, into);
    const seen = (await rowsIn(into)).map(({ text, metadata: { file, line, page } }) =>
      [file, page === undefined ? line : `page ${page}`, text].filter((part) => part !== undefined),
    );
    const byName = (a: unknown[], b: unknown[]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    expect(seen.sort(byName)).toEqual(
      [
        ["guide.md", 1, "Before."],
        ["guide.md", 7, "Guide › Tyres\nPump them.\n\n```sh\n# no heading\n```"],
        ["plain.txt", 1, "First line.\nSecond line."],
        ["README", 1, "No ending."],
        ["page.html", "Boiler\nService it & rest."],
        ["nihon.pdf", "page 1", "ポンプは青い"],
        ["zhongguo.pdf", "page 1", "水泵是蓝"],
        ["paper.pdf", "page 1", "The pump runs\nat 3 bar."],
        ["paper.pdf", "page 2", "Second page."],
        ["wide.txt", 1, "Hä"],
        ["latin.txt", 1, "café"],
      ].sort(byName),
    );
  });

  test("chunks have at most the size that was set, and name their lines", async () => {
    const lines = Array.from({ length: 60 }, (_, at) => `Line ${at + 1} tells something.`);
    const { folder, into } = folderOf({ "a.txt": lines.join("\n") });
    await index(folder, into, ["--chunk-size", "100", "--chunk-overlap", "30"]);
    const rows = await rowsIn(into);
    expect(rows.length).toBeGreaterThan(15);
    for (const { text, metadata } of rows) {
      expect(text.length).toBeLessThanOrEqual(100);
      expect(text.split("\n")[0]).toBe(lines[Number(metadata.line) - 1]);
    }
    // Cut in another way, nothing of the old chunks is left.
    const end = await index(folder, into);
    expect(await rowsIn(into)).toHaveLength(end.chunks);
  });

  test(".gitignore, hidden files, node_modules, links, large and broken files are left out", async () => {
    const { folder, into } = folderOf({
      ".gitignore": "*.draft.md\n/build/\nsecret\n",
      "a.md": "Kept.",
      "b.draft.md": "Ignored.",
      "build/c.md": "Ignored.",
      "deep/build/d.md": "Kept, for the rule is about the top.",
      "deep/.gitignore": "!wanted.draft.md\nother.md\n",
      "deep/wanted.draft.md": "Kept again.",
      "deep/other.md": "Ignored.",
      "secret/e.md": "Ignored.",
      ".hidden/f.md": "Hidden.",
      ".env.md": "Hidden.",
      "node_modules/pkg/README.md": "Not one's own.",
      "large.txt": "x".repeat(1024 * 1024 + 1),
      "binary.txt": new Uint8Array([1, 0, 2]),
      "controls.txt": Uint8Array.from({ length: 500 }, (_, at) => 1 + ((at * 7) % 127)),
      "broken.pdf": "%PDF-1.4 nothing",
      "picture.png": "png",
      "empty.md": "",
    });
    writeFiles(base, { "outside.md": "Outside." });
    symlinkSync(join(base, "outside.md"), join(folder, "link.md"));
    symlinkSync(base, join(folder, "up"));
    const { leftOut } = await index(folder, into, ["--max-size", "1"]);
    const files = (await rowsIn(into)).map(({ metadata }) => metadata.file);
    expect(files.sort()).toEqual(["a.md", "deep/build/d.md", "deep/wanted.draft.md"]);
    const reasons = leftOut.map(({ file, reason }: { file: string; reason: string }) => [
      file,
      reason,
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      "large.txt": "larger than 1 MB (--max-size)",
      "binary.txt": "binary",
      "controls.txt": "binary",
      "broken.pdf": "no PDF that can be read",
      "empty.md": "empty",
      "picture.png": "no Markdown, text, HTML or PDF",
      "link.md": "a link, which is not followed",
      up: "a link, which is not followed",
    });
  });

  test("the rules of the repository around a folder hold in it", async () => {
    const { folder, into } = folderOf({
      ".git/HEAD": "ref: refs/heads/main\n",
      ".gitignore": "private/\n",
      "docs/a.md": "Kept.",
      "docs/private/b.md": "Ignored.",
    });
    await index(join(folder, "docs"), into);
    expect((await rowsIn(into)).map(({ metadata }) => metadata.file)).toEqual(["a.md"]);
  });

  test("names with spaces, quotes, line breaks and letters of all kinds", async () => {
    const names = [
      "a b.md",
      'it\'s "odd".md',
      "žluťoučký 漢字 🐎.md",
      "line\nbreak.md",
      "$(x);.md",
    ];
    const { folder, into } = folderOf(
      Object.fromEntries(names.map((name, at) => [name, `Text ${at}.`])),
    );
    await index(folder, into);
    expect((await rowsIn(into)).map(({ metadata }) => metadata.file).sort()).toEqual(names.sort());
    expect(await index(folder, into)).toMatchObject({ embedded: 0, files: { unchanged: 5 } });
  });

  test("an empty folder, after which nothing is left", async () => {
    const { folder, into } = folderOf({ "a.md": "Text." });
    await index(folder, into);
    rmSync(join(folder, "a.md"));
    expect(await index(folder, into)).toMatchObject({ chunks: 0, files: { all: 0, gone: 1 } });
    expect(await rowsIn(into)).toEqual([]);
  });

  test("a folder within another is indexed once, and the other folder's files stay", async () => {
    const { folder, into } = folderOf({ "a.md": "One.", "in/b.md": "Two." });
    await index(folder, into);
    expect(await index(join(folder, "in"), into)).toMatchObject({ embedded: 0, chunks: 1 });
    expect(await rowsIn(into)).toHaveLength(2);
  });
});

describe("what cannot be done", () => {
  const { folder, into } = folderOf({ "a.md": "Text." });
  test.each([
    [["index", join(folder, "nowhere")], 2, /^There is no folder .*nowhere\.\nCheck the path\.\n$/],
    [["index", join(folder, "a.md")], 2, /a\.md is a file\.\nGive the folder/],
    [["index"], 2, /Which folder\?\nName it: llm-lab index <folder>/],
    [["index", folder, "--chunk-size", "x"], 2, /"x" is not a valid value for --chunk-size/],
    [["index", folder, "--chunk-size", "100", "--chunk-overlap", "100"], 2, /cannot have 100/],
    [["index", folder, "--store", "faiss"], 2, /no store called "faiss"/],
    [["index", folder, "--store", "memory"], 2, /The store memory is empty again/],
    [["index", folder, "--store", "pgvector"], 2, /nothing says where it is/],
    [["index", folder, "--into", join(folder, "a.md")], 1, /is not a folder/],
  ])("%j", async (argv, exitCode, sentence) => {
    const env = { LLM_LAB_DATA: into };
    const { code, stderr } = await run(argv as string[], { env });
    expect(stderr).toMatch(sentence as RegExp);
    expect(code).toBe(exitCode);
  });

  test("a full disk: what was stored before is whole, and the next run goes on", async () => {
    const { folder: many, into: full } = folderOf(manyFiles(200));
    const child = ["index", many, "--into", full, "--batch", "200"];
    await index(many, full, ["--chunk-size", "60", "--chunk-overlap", "0"]);
    writeFiles(many, {
      "long.txt": Array.from({ length: 4000 }, (_, at) => `Word${at}.`).join("\n\n"),
    });
    const { code, stderr } = await withLargestFile(32, child);
    expect(stderr).toMatch(/The disk of .* is full/);
    expect(code).toBe(1);
    expect((await rowsIn(full)).length).toBeGreaterThanOrEqual(200);
    const end = await index(many, full);
    expect(await rowsIn(full)).toHaveLength(end.chunks);
  });
});

/**
 * The program with a limit to the size of files, at which the system refuses as for want of room.
 */
function withLargestFile(blocks: number, argv: string[]) {
  const command = `ulimit -f ${blocks} && exec "$@"`;
  const cli = join(root, "dist/cli.js");
  const env = { PATH: process.env.PATH };
  const child = spawn("sh", ["-c", command, "sh", process.execPath, cli, ...argv], { env });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.resume();
  return new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, stderr }));
  });
}

test("in a pipe it says each tenth once, and fits 40 columns", async () => {
  const { folder, into } = folderOf({ ...manyFiles(30), "a picture with a long name.png": "" });
  const argv = ["index", folder, "--into", into, "--batch", "1"];
  const { stdout } = await run(argv, { env: { COLUMNS: "40" } });
  const tenths = stdout.split("\n").filter((line) => /^ *embedding /.test(line));
  expect(tenths.map((line) => Number(/\d+/.exec(line)))).toEqual(
    Array.from({ length: 10 }, (_, at) => 10 * (at + 1)),
  );
  expect(stdout.split("\n").filter((line) => [...line].length > 40)).toEqual([]);
  expect(stdout).not.toContain("\u001b");
  expect(stdout.replace(/\s+/g, " ")).toContain("30 files: 30 new or changed, 0 as before.");
});

test("by default it lies in llm-lab's own folder", async () => {
  const { folder, into } = folderOf({ "a.md": "Text." });
  const env = { XDG_DATA_HOME: into };
  expect((await run(["index", folder], { env })).code).toBe(0);
  expect(await rowsIn(join(into, "llm-lab/documents"))).toHaveLength(1);
});

test.each([
  ["pgvector", servePostgres],
  ["qdrant", serveQdrant],
] as const)("on %s, indexed again and asked", async (_name, serve) => {
  const server = await serve();
  const { folder } = folderOf({ ...manyFiles(12), "cat.md": "The cat sleeps in the kitchen." });
  const argv = ["index", folder, "--store", server.url, "--format", "jsonl"];
  const first = eventsOf((await run(argv)).stdout);
  expect(first.at(-1)).toMatchObject({ embedded: 13, chunks: 13 });
  expect(JSON.stringify(first)).not.toContain("secret");
  rmSync(join(folder, "part 3"), { recursive: true });
  const second = eventsOf((await run(argv)).stdout).at(-1);
  expect(second).toMatchObject({ embedded: 0, chunks: 11, files: { gone: 2 } });
  const { stdout } = await run(["ask", "Where does the cat sleep?", "--in", server.url]);
  expect(stdout).toContain('From cat.md [1]: "The cat sleeps in the kitchen."');
  await server.close();
});
