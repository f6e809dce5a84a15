import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCounter } from "../src/model/tokens.ts";
import { offlineWire } from "../src/offline/app.ts";
import { forAnyModel } from "../src/xray/any-model.ts";
import { eventsOf, root, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

const at = (file: string) => join(root, "test/xray/programs", file);
const hook = join(root, "dist/xray/hook.cjs");
const folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
let server: Awaited<ReturnType<typeof serveHandler>>;
beforeAll(async () => {
  const wire = forAnyModel(offlineWire({ countTokens: await loadCounter("offline-tutor") }));
  server = await serveHandler(async (request) =>
    wire(request.url, { method: "POST", body: await request.text() }),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The events of a program under xray. */
async function seen(...words: string[]) {
  const out = join(folder, "run.jsonl");
  const argv = ["xray", "--model", "offline", "--out", out, "--", process.execPath, ...words];
  const { code, stdout, stderr } = await run(argv, { alone: true });
  const events = eventsOf(readFileSync(out, "utf8"));
  const of = (type: string) => events.filter((event) => event.type === type);
  return { code, stdout, stderr, events, of };
}

/** The parts of a call's prompt that a variable was filled into. */
// biome-ignore lint/suspicious/noExplicitAny: events as they were parsed
const filled = (call: any) =>
  // biome-ignore lint/suspicious/noExplicitAny: events as they were parsed
  call.messages.flatMap(({ parts }: any) => parts.flatMap((part: any) => part.variable ?? []));

describe("a LangChain program under xray", () => {
  test("in ESM tells who calls, with which template and what filled it", async () => {
    const { of, code } = await seen(at("conversation.mjs"));
    expect(code).toBe(0);
    expect(of("call-start").map(({ caller }) => caller)).toEqual(
      Array(3).fill("ConversationChain"),
    );
    expect(filled(of("call-start")[2])).toEqual(["history", "input"]);
  });

  test("in CommonJS tells its chains, its links, and the calls that a memory hides", async () => {
    const { events, of, code } = await seen(at("sequence.cjs"));
    expect(code).toBe(0);
    const calls = of("call-start").map(({ caller, purpose }) => [caller, purpose]);
    expect(calls).toEqual([
      ["LLMChain", "answer"],
      ["LLMChain", "answer"],
      ["ConversationChain", "answer"],
      ["LLMChain", "summary"],
    ]);
    const [sequence, first, second] = of("chain-start");
    expect([sequence.kind, sequence.name, sequence.parent]).toEqual([
      "sequence",
      "SimpleSequentialChain",
      null,
    ]);
    expect([first.parent, second.parent]).toEqual([sequence.run, sequence.run]);
    // Each chain is told around its call: begun before it, and ended before the next one.
    const order = events.flatMap(({ type }) =>
      /^(?:chain|call)-start$|^chain-end$/.test(type) ? [type] : [],
    );
    expect(order.slice(0, 7)).toEqual([
      ...["chain-start", "chain-start", "call-start", "chain-end"],
      ...["chain-start", "call-start", "chain-end"],
    ]);
  });

  test("tells an agent's nodes and tools", async () => {
    const { of } = await seen(at("agent.mjs"));
    expect(of("call-start").map(({ caller }) => caller)).toEqual(["agent", "agent"]);
    const tool = of("chain-start").find(({ kind }) => kind === "tool");
    expect([tool.name, Object.keys(tool.inputs)]).toEqual(["search_notes", ["query"]]);
    const ended = of("chain-end").find(({ run }) => run === tool.run);
    expect(ended.outputs.output).toContain("4.20 euros");
  });

  test("shows the links of a chain on the screen", async () => {
    const argv = ["xray", "--model", "offline", "--", process.execPath, at("sequence.cjs")];
    const { stderr } = await run(argv, { alone: true });
    expect(stderr).toContain("▾ SimpleSequentialChain, given input");
    expect(stderr).toContain("link 2 · LLMChain");
    expect(stderr).toContain("▸ call 3 · ConversationChain → gpt-4o-mini");
  });

  test("fails as it would without, with the same error and exit code", async () => {
    const file = join(folder, "fails.mjs");
    const prompts = import.meta.resolve("@langchain/core/prompts");
    writeFileSync(
      file,
      `import { PromptTemplate } from ${JSON.stringify(prompts)};
       await PromptTemplate.fromTemplate("{a}").invoke({ b: 1 });`,
    );
    const plain = spawnSync(process.execPath, [file], { encoding: "utf8" });
    const under = await seen(file);
    expect(plain.status).toBe(1);
    expect(under.code).toBe(plain.status);
    const error = /^Error: .*$/m.exec(plain.stderr)?.[0] ?? "none";
    expect(under.stderr).toContain(error);
  });
});

describe("the hook by itself", () => {
  const env = (more: Record<string, string> = {}) => ({
    ...process.env,
    OPENAI_BASE_URL: server.url,
    OPENAI_API_KEY: "sk-test-0123456789abcdefghij",
    ...more,
  });

  test("changes no request, in content and in order", async () => {
    const tells = mkdtempSync(join(folder, "told-"));
    const requests = async (node: string[], more = {}) => {
      const before = server.received.length;
      const { spawn } = await import("node:child_process");
      const child = spawn(process.execPath, [...node, at("sequence.cjs")], {
        env: env(more),
        stdio: "ignore",
      });
      await new Promise((resolve) => child.once("close", resolve));
      return server.received.slice(before).map(({ body }) => body);
    };
    const without = await requests([]);
    const under = await requests(["--import", hook], { LLM_LAB_XRAY: tells });
    expect(without.length).toBeGreaterThan(3);
    expect(under).toEqual(without);
    const [file = ""] = readdirSync(tells);
    const lines = readFileSync(join(tells, file), "utf8").trim().split("\n");
    expect(lines.filter((line) => JSON.parse(line).told === "model")).toHaveLength(without.length);
  });

  test.each([
    ["without xray", {}],
    ["where the folder is gone", { LLM_LAB_XRAY: join(folder, "nowhere") }],
  ])("does nothing %s", (_where, more) => {
    const script = "console.log(Object.getOwnPropertySymbols(globalThis).map(String).join())";
    const run = (...flags: string[]) =>
      spawnSync(process.execPath, [...flags, "-e", script], { env: env(more), encoding: "utf8" });
    const [plain, hooked] = [run(), run("--require", hook)];
    expect([hooked.status, hooked.stdout, hooked.stderr]).toEqual([0, plain.stdout, plain.stderr]);
  });

  test("lets the program go on where nothing can be written", () => {
    const tells = mkdtempSync(join(folder, "full-"));
    const script = `require("node:fs").rmSync(${JSON.stringify(tells)}, { recursive: true });
      const { RunnableLambda } = require("@langchain/core/runnables");
      RunnableLambda.from((n) => n + 1).invoke(1).then(console.log);`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--require", hook, "-e", script], {
      env: env({ LLM_LAB_XRAY: tells }),
      cwd: root,
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["2\n", ""]);
  });
});
