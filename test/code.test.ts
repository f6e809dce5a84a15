import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventsOf, run } from "./support/program.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "llm-lab-code-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const code = (...argv: string[]) => run(["code", ...argv], { cwd });

describe("a program", () => {
  test("of a step is printed, with what to install, its imports, its params and its prose", async () => {
    const { code: exit, stdout, stderr } = await code("memory/window/forgets", "--set", "k=3");
    expect([exit, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^\/\/ What falls out: memory\/window\/forgets of llm-lab/);
    expect(stdout).toMatch(
      /^\/\/ npm i @langchain\/classic@[\d.]+ @langchain\/core@[\d.]+ @langchain\/openai@[\d.]+$/m,
    );
    expect(stdout).toContain('import { BufferWindowMemory } from "@langchain/classic/memory";');
    expect(stdout).toContain("  k: 3,");
    expect(stdout).toContain(': { model: "offline-tutor", temperature: 0 };');
    expect(stdout).toMatch(/^\/\/ .+\nasync function forgets\(\) \{$/m);
    expect(stdout).not.toMatch(/: string|lab\.step|tell\(/);
  });

  test("of a section has its steps in order", async () => {
    const { stdout } = await code("memory/window");
    const called = [...stdout.matchAll(/^await (\w+)\(\);$/gm)].map(([, name]) => name);
    expect(called).toEqual(["forgets", "stored", "zero"]);
  });

  test("leaves out the steps that no program can do, and says why", async () => {
    const { stdout } = await code("vector-store/recall");
    expect(stdout).toMatch(/^await quantised\(\);$/m);
    expect(stdout).toMatch(/^\/\/ Left out: ".+"\. It makes an index, which .+ does not have\.$/m);
  });

  test("asks the model that a run would ask", async () => {
    const live = await code("memory/window/forgets", "--model", "ollama:llama3.2");
    expect(live.stdout).toContain(': { model: "llama3.2", temperature: 0 };');
    expect(live.stdout).toMatch(/process\.env\.OPENAI_BASE_URL \?\? "http:\/\/.+\/v1"/);
    const env = { OPENAI_API_KEY: "sk-not-to-be-written-1234" };
    const own = await run(["code", "memory/token/counts", "--model", "gpt-5-mini"], { cwd, env });
    expect(own.stdout).toContain("gpt-tokenizer/encoding/o200k_base");
    const thinking = await run(["code", "memory/buffer", "--model", "gpt-5-mini"], { cwd, env });
    expect(thinking.stdout).toContain('{ model: process.env.OPENAI_MODEL ?? "gpt-5-mini" };');
    expect(own.stdout + thinking.stdout).not.toContain("sk-not");
  });

  test("that searches says which methods are LangChain's, and which are llm-lab's", async () => {
    const plain = await code("vector-store/search/nearest");
    expect(plain.stdout).toContain("new MemoryVectorStore(");
    expect(plain.stdout).toMatch(
      /LangChain's methods here: addDocuments, similaritySearchWithScore/,
    );
    const own = await code("vector-store/upsert/gone");
    expect(own.stdout).toMatch(/llm-lab's own, written out: count, scan, delete\./);
  });

  test("is written to a file, and never over another unless that is said", async () => {
    const file = join(cwd, "forgets.mjs");
    const first = await code("memory/window/forgets", "--out", file);
    expect(first.stdout).toMatch(/^The program is in .+forgets\.mjs/);
    expect(first.stdout).toContain("npm i @langchain/classic@");
    const written = readFileSync(file, "utf8");
    expect(written).toContain("node forgets.mjs");

    writeFileSync(file, "mine");
    const second = await code("memory/window/forgets", "--out", file);
    expect([second.code, second.stdout]).toEqual([2, ""]);
    expect(second.stderr).toMatch(
      /is there already\.\nName another: llm-lab code memory\/window\/forgets --out other\.mjs; --force writes over/,
    );
    expect(readFileSync(file, "utf8")).toBe("mine");

    expect((await code("memory/window/forgets", "--out", file, "--force")).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(written);
  });
});

describe("what cannot be a program", () => {
  test.each([
    [[], /^Which lesson\?/],
    [["memroy/window"], /no lesson "memroy".*\nDid you mean memory\?/],
    [["memory"], /whole lesson.*\nName one of its sections: memory\/stateless, /],
    [["memory/windw"], /no section "windw".*\nDid you mean memory\/window\?/],
    [["memory/window/forgts"], /no step "forgts".*\nDid you mean memory\/window\/forgets\?/],
    [["memory/window/forgets/more"], /no step "forgets\/more"/],
    [["memory/window", "--set", "k=many"], /"many" is not a valid value for k/],
    [["memory/window", "--set", "colour=red"], /no param called "colour"/],
  ])("%j is refused, with what is meant", async (argv, said) => {
    const { code: exit, stdout, stderr } = await code(...argv);
    expect([exit, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(said);
    expect(stderr).not.toContain("went wrong inside");
  });

  test("a step that trains says so in a sentence", async () => {
    const { code: exit, stderr } = await code("prompting/train/stages");
    expect(exit).toBe(1);
    expect(stderr).toBe(
      "prompting/train/stages cannot be a program of its own.\nIt trains llm-lab's tiny model, which no package has.\n",
    );
  });

  test("a folder, and a path that is not there, are no files", async () => {
    mkdirSync(join(cwd, "mine"));
    const folder = await code("memory/window", "--out", "mine");
    expect([folder.code, folder.stderr.split("\n")[0]]).toEqual([
      2,
      "mine is a folder, and a program is a file.",
    ]);
    const nowhere = await code("memory/window", "--out", join(cwd, "no/where.mjs"));
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toMatch(/cannot be written/);
  });
});

describe("the panel of a step", () => {
  test("names what the code uses, and shows it where nothing is folded", async () => {
    const folded = await run(["lesson", "memory/compare"]);
    expect(folded.stdout).toMatch(
      /uses: [^()]*ConversationChain\s+from @langchain\/classic\/chains/,
    );
    expect(folded.stdout).not.toContain("const linesOf =");
    const whole = await run(["lesson", "memory/compare", "--full"]);
    expect(whole.stdout).toContain("const linesOf = (name: string");
    expect(whole.stdout).toContain(
      'import { ConversationChain } from "@langchain/classic/chains";',
    );
  });

  test("has them in its event too, those of other files included", async () => {
    const { stdout } = await run(["lesson", "vector-store/hybrid", "--format", "jsonl"]);
    const step = eventsOf(stdout).find(({ step }) => step === "vector-store/hybrid/measured");
    const { imports, helpers } = step.code.uses;
    expect(imports).toEqual([]);
    expect(helpers.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["QUESTIONS", "measureOf", "percent"]),
    );
  });
});
