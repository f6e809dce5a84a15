import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readTexts } from "../src/documents/texts.ts";
import { rowsIn, writeFiles } from "./support/documents.ts";
import { eventsOf, run } from "./support/program.ts";

const base = mkdtempSync(join(tmpdir(), "llm-lab-folders-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const SECRET = "xylophone";
const home = join(base, "home");
mkdirSync(home);

/** Git with settings of this test alone. */
function git(cwd: string, ...argv: string[]): void {
  const settings = ["user.name=a", "user.email=a@b", "protocol.file.allow=always"];
  const flags = settings.flatMap((setting) => ["-c", setting]);
  const env = { PATH: process.env.PATH, HOME: home };
  execFileSync("git", [...flags, ...argv], { cwd, env, stdio: "ignore" });
}

const PUBLIC = {
  ".gitignore": "private.md\n/drafts/\n",
  "a.md": "# Tea\n\nThe kettle is green.\n",
};
const PRIVATE = { "private.md": `The word is ${SECRET}.`, "drafts/b.txt": `Also ${SECRET}.` };

/** A repository with files that it ignores, and the folders in which they can be seen. */
function repository(kind: string): string {
  const clone = join(mkdtempSync(join(base, "repository-")), "clone");
  mkdirSync(clone);
  writeFiles(clone, PUBLIC);
  git(clone, "init");
  git(clone, "add", ".");
  git(clone, "commit", "-m", "first");
  const at = join(clone, "..", "other");
  if (kind === "a worktree") git(clone, "worktree", "add", at);
  if (kind === "a submodule") {
    mkdirSync(at);
    git(at, "init");
    git(at, "submodule", "add", clone, "inner");
  }
  const folder = { "a clone": clone, "a worktree": at, "a submodule": join(at, "inner") }[kind]!;
  writeFiles(folder, PRIVATE);
  return folder;
}

/** Ways to have a folder read, each giving all that the program said and kept. */
const ways: Record<string, (folder: string) => Promise<string>> = {
  async index(folder) {
    const into = mkdtempSync(join(base, "store-"));
    const { code, stdout, stderr } = await run(["index", folder, "--into", into]);
    expect([code, stderr]).toEqual([0, ""]);
    return stdout + JSON.stringify((await rowsIn(into)).map(({ text }) => text));
  },
  async "ask --store memory"(folder) {
    const question = `What is the word, ${SECRET.slice(0, 4)}?`;
    const argv = ["ask", question, "--store", "memory", "--in", folder, "--format", "jsonl"];
    const { code, stdout } = await run([...argv, "--min-score", "0"]);
    expect(code).toBe(0);
    return stdout;
  },
  async lesson(folder) {
    const argv = ["lesson", "vector-store/your-documents", "--set", `folder=${folder}`];
    const { code, stdout, stderr } = await run([...argv, "--format", "jsonl"]);
    expect([code, stderr]).toEqual([0, ""]);
    return stdout;
  },
  async "train --corpus"(folder) {
    const out = mkdtempSync(join(base, "model-"));
    const argv = ["train", "--corpus", folder, "--out", out, "--steps", "1", "--threads", "1"];
    const { code, stdout } = await run(argv);
    expect(code).toBe(0);
    const { texts } = await readTexts(folder, { anyEnding: true });
    expect(stdout).toMatch(`${texts.length} file${texts.length === 1 ? "" : "s"} of your own:`);
    return stdout + JSON.stringify(texts);
  },
};

describe.each(["a clone", "a worktree", "a submodule"])("what git ignores in %s", (kind) => {
  const folder = repository(kind);
  test.each(Object.entries(ways))("is not read by %s", async (_name, read) => {
    const seen = await read(folder);
    expect(seen).not.toContain(SECRET);
    expect(seen).toContain("kettle is green".slice(0, 6));
  });

  test("nor in a folder further in, around which the rules are", async () => {
    writeFiles(folder, { "in/c.md": "Coffee.", "in/private.md": SECRET });
    const { texts } = await readTexts(join(folder, "in"), {});
    expect(texts.map(({ file }) => file)).toEqual(["c.md"]);
  });
});

describe("rules that stand elsewhere", () => {
  const filesIn = async (folder: string) =>
    (await readTexts(folder, {})).texts.map(({ file }) => file);

  test.each(["a clone", "a worktree", "a submodule"])(".git/info/exclude of %s", async (kind) => {
    const folder = repository(kind);
    const path = execFileSync("git", ["rev-parse", "--git-path", "info/exclude"], { cwd: folder });
    writeFiles(join(folder), { "mine.md": SECRET });
    const { resolve, dirname } = await import("node:path");
    const file = resolve(folder, path.toString().trim());
    writeFiles(dirname(file), { exclude: "# mine\nmine.md\n" });
    expect(await filesIn(folder)).toEqual(["a.md"]);
  });

  test.each([
    ["git's own place", { ".config/git/ignore": "*.private.md" }],
    [
      "a place that is named",
      { ".gitconfig": '[core]\n\texcludesFile = "~/mine"\n', mine: "*.private.md" },
    ],
  ])("the user's own, in %s", async (_name, files) => {
    const folder = repository("a clone");
    writeFiles(folder, { "x.private.md": SECRET });
    const own = mkdtempSync(join(base, "home-"));
    writeFiles(own, files);
    const into = mkdtempSync(join(base, "store-"));
    await run(["index", folder, "--into", into], { env: { HOME: own }, alone: true });
    expect((await rowsIn(into)).map(({ metadata }) => metadata.file)).toEqual(["a.md"]);
  });

  test("a .gitignore that cannot be read keeps its folder out", async () => {
    const folder = mkdtempSync(join(base, "case-"));
    writeFiles(folder, { "a.md": "Tea.", "in/b.md": SECRET });
    execFileSync("mkfifo", [join(folder, "in/.gitignore")]);
    const { texts, leftOut } = await readTexts(folder, {});
    expect(texts.map(({ file }) => file)).toEqual(["a.md"]);
    expect(leftOut).toEqual([{ file: "in", reason: "its .gitignore cannot be read" }]);
  });
});

describe("files that are odd", () => {
  /** A folder with one good file, and all that a folder should not have. */
  async function oddFolder() {
    const folder = mkdtempSync(join(base, "odd-"));
    writeFiles(folder, {
      "good.md": "# Tea\n\nThe kettle is green.\n",
      "zero.txt": new Uint8Array([1, 0, 2, 7]),
      "in/deep/more.txt": "The cup is blue.",
    });
    execFileSync("mkfifo", [join(folder, "pipe.md")]);
    symlinkSync(folder, join(folder, "in/loop"));
    const bad = Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff, 0xfe])]);
    const { writeFileSync } = await import("node:fs");
    writeFileSync(Buffer.concat([bad, Buffer.from(".md")]), "Bad name.");
    const server = createServer().listen(join(folder, "socket.md"));
    await new Promise((resolve) => server.on("listening", resolve));
    return { folder, close: () => server.close() };
  }
  const reasons = {
    "zero.txt": "binary",
    "pipe.md": "a named pipe",
    "in/loop": "a link, which is not followed",
    "bad-\u{FFFD}\u{FFFD}.md": "gone, or its name cannot be read",
    "socket.md": "a socket",
  };

  test("are left out by the index, and named", async () => {
    const { folder, close } = await oddFolder();
    const into = mkdtempSync(join(base, "store-"));
    const { code, stdout } = await run(["index", folder, "--into", into, "--format", "jsonl"]);
    close();
    expect(code).toBe(0);
    const { leftOut, chunks } = eventsOf(stdout).at(-1);
    expect(chunks).toBe(2);
    const named = leftOut.map(({ file, reason }: { file: string; reason: string }) => [
      file,
      reason,
    ]);
    expect(Object.fromEntries(named)).toEqual(reasons);
  });

  test.each(["lesson", "train --corpus", "ask --store memory"])(
    "are left out by %s",
    async (way) => {
      const { folder, close } = await oddFolder();
      const seen = await ways[way]!(folder);
      close();
      if (way === "ask --store memory") return;
      for (const [file, reason] of Object.entries(reasons)) {
        expect(seen).toContain(reason.slice(0, 10));
        expect(seen).toContain(file);
      }
    },
  );

  test.each(["index", "train --corpus", "lesson"])(
    "a named pipe given to %s is refused",
    async (way) => {
      const pipe = join(mkdtempSync(join(base, "pipe-")), "p.md");
      execFileSync("mkfifo", [pipe]);
      const argv = {
        index: ["index", pipe],
        "train --corpus": ["train", "--corpus", pipe, "--out", join(base, "never")],
        lesson: ["lesson", "vector-store/your-documents", "--set", `folder=${pipe}`],
      }[way]!;
      const { code, stdout, stderr } = await run(argv);
      expect(code).toBeGreaterThan(0);
      expect(stdout + stderr).toMatch(/p\.md/);
      expect(stdout + stderr).not.toMatch(/inside llm-lab/);
    },
  );

  test("a file that goes between listing and reading is named", async () => {
    const folder = mkdtempSync(join(base, "gone-"));
    const { planUpdate } = await import("../src/documents/plan.ts");
    const { Ledger } = await import("../src/documents/ledger.ts");
    writeFiles(folder, { "a.md": "One.", "b.md": "Two.", "c.md": "Three." });
    const sizes = { size: 800, overlap: 100 };
    const plan = await planUpdate({ folder, sizes }, new Ledger(), (done) => {
      if (done === 1) rmSync(join(folder, "b.md"));
    });
    expect(plan.chunks).toBe(2);
    expect(plan.leftOut).toEqual([{ file: "b.md", reason: "gone, or its name cannot be read" }]);
  });
});

test("the lesson reads PDF and HTML, and says what it left out, once", async () => {
  const folder = mkdtempSync(join(base, "lesson-"));
  writeFiles(folder, {
    "page.html": "<h1>Boiler</h1><p>It is serviced in October.</p>",
    "large.txt": "x".repeat(1024 * 1024 + 1),
    "picture.png": "png",
  });
  const argv = ["lesson", "vector-store/your-documents", "--set", `folder=${folder}`];
  const { stdout } = await run([...argv, "--format", "jsonl"]);
  const notes = eventsOf(stdout).filter(({ type }) => type === "note-shown");
  expect(notes.map(({ text }) => text)).toEqual([
    "Left out: large.txt (larger than 1 MB); picture.png (no Markdown, text, HTML or PDF).",
  ]);
  expect(stdout).toContain("It is serviced in October.");
});
