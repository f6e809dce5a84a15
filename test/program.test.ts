import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventsOf, root, run } from "./support/program.ts";
import { serveFaults } from "./support/server.ts";

describe("the whole memory lesson", () => {
  test("runs offline with every socket throwing", async () => {
    const noSockets = ["--import", join(root, "test/support/no-sockets.mjs")];
    const { code, stdout, stderr } = await run(["lesson", "memory"], { node: noSockets });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Done\. \d+ calls/);
  });

  test("prints one JSON event a line as jsonl, from the first to the last", async () => {
    const { code, stdout, stderr } = await run(["lesson", "memory", "--format", "jsonl"]);
    expect([code, stderr]).toEqual([0, ""]);
    const events = eventsOf(stdout);
    expect(events[0]).toMatchObject({ type: "run-start", version: 3, kind: "lesson" });
    expect(events[1]).toMatchObject({ type: "lesson-start", lesson: "memory" });
    expect(events.at(-1)).toMatchObject({ type: "lesson-end", outcome: "done" });
    const sections = events
      .filter((event) => event.type === "section-start")
      .map((event) => event.section);
    expect(sections).toEqual(
      ["stateless", "buffer", "window", "token", "summary", "compare", "now", "long-term"].map(
        (id) => `memory/${id}`,
      ),
    );
    const started = events
      .filter((event) => event.type === "call-start")
      .map((event) => event.call);
    const ended = events.filter((event) => event.type === "call-end").map((event) => event.call);
    expect(ended).toEqual(started);
  });

  test("prints one document as json, with the same events but for the pieces of replies", async () => {
    const lesson = ["lesson", "memory/stateless", "--format"];
    const { code, stdout, stderr } = await run([...lesson, "json"]);
    expect([code, stderr]).toEqual([0, ""]);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ version: 3, kind: "lesson", endpoint: "offline" });
    expect(document.totals.calls).toBeGreaterThan(2);
    const lines = eventsOf((await run([...lesson, "jsonl"])).stdout);
    const types = (events: { type: string }[]) => events.map(({ type }) => type);
    expect(types(document.events)).toEqual(types(lines).filter((type) => type !== "call-token"));
  });

  test("plain text has no escape codes and no line of more than 80 columns", async () => {
    const { stdout } = await run(["lesson", "memory"]);
    expect(stdout).not.toContain("\u001b");
    expect(stdout.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
  });

  test("wraps to COLUMNS, down to 40, without losing a word of prose", async () => {
    const { stdout } = await run(["lesson", "memory/token"], { env: { COLUMNS: "40" } });
    expect(stdout.split("\n").filter((line) => [...line].length > 40)).toEqual([]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "drops its oldest messages until the rest fits a limit.",
    );
  });
});

describe("the window", () => {
  test.each([
    ["1", "Ada", false],
    ["3", "Ada", true],
    ["1", "Grace", false],
    ["2", "Grace", true],
  ])("k=%s, %s: knows the name: %s", async (k, name, knows) => {
    const argv = [
      "lesson",
      "memory/window",
      "--set",
      `k=${k}`,
      "--set",
      `name=${name}`,
      "--format",
      "jsonl",
    ];
    const events = eventsOf((await run(argv)).stdout);
    const firstStep = events.slice(
      0,
      events.findIndex((event) => event.type === "step-end"),
    );
    const last = firstStep.findLast((event) => event.type === "call-end");
    expect(last.text.includes(name)).toBe(knows);
    const judged = firstStep.find((event) => event.type === "prediction-judged");
    expect(judged.actual).toBe(knows ? "yes" : "no");
  });
});

describe("chat, fed by a pipe", () => {
  const lines = [
    "Good evening, I'm called Yusuf",
    "what is 6 times 7",
    "I keep bees",
    "and what am I called?",
  ];
  test.each([
    ["buffer", [], true],
    ["window", ["--set", "k=1"], false],
    ["window", ["--set", "k=5"], true],
    ["token", ["--set", "limit=40"], false],
    ["token", ["--set", "limit=500"], true],
    ["summary", [], true],
    ["summary-buffer", ["--set", "limit=30"], true],
  ])("%s %j knows the name: %s", async (kind, flags, knows) => {
    const stdin = `${lines.join("\n")}\n`;
    const { code, stdout } = await run(["chat", kind, ...flags, "--format", "jsonl"], { stdin });
    const answers = eventsOf(stdout);
    const last = answers.findLastIndex(
      (event) => event.type === "call-start" && event.purpose === "answer",
    );
    const end = answers.slice(last).find((event) => event.type === "call-end");
    expect([code, end.text.includes("Yusuf")]).toEqual([0, knows]);
    expect(answers.filter((event) => event.type === "turn-start")).toHaveLength(4);
    expect(answers.some((event) => event.type === "call-end" && event.text.includes("42"))).toBe(
      true,
    );
  });

  test("takes commands, and a last line without an end", async () => {
    const stdin = "My name is Noor\n/memory\n/prompt\n/reset\n/nonsense\n\nwhat is my name?";
    const { code, stdout } = await run(["chat", "buffer"], { stdin });
    expect(code).toBe(0);
    expect(stdout).toContain("The memory is empty again.");
    expect(stdout).toContain("Unknown command /nonsense.");
    expect(stdout).toContain("Current conversation:");
    expect(stdout).toContain("I don't know what your name is");
  });
});

describe("answers to the lesson's questions", () => {
  test.each([
    ["no", "✓ You said no, and so it is."],
    ["1", "✗ You said yes. The answer is: no."],
  ])("--answers %s", async (answers, verdict) => {
    const { code, stdout } = await run(["lesson", "memory/window", "--answers", answers]);
    expect(code).toBe(0);
    expect(stdout).toContain(verdict);
  });
});

describe("bad input: one sentence, what to do, exit code 2, no stack", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
    writeFileSync(
      join(folder, ".env"),
      "OPENAI_API_KEY=sk-secret-secret\nOops sk-another-secret\n",
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    [["lesson"], {}, /Which lesson\?\nName one: llm-lab lesson setup/],
    [["lesson", "memri"], {}, /no lesson "memri"\.\nDid you mean memory\?/],
    [["lesson", "memory/bufer"], {}, /no section "bufer"\.\nDid you mean memory\/buffer\?/],
    [
      ["lesson", "memory/window", "--set", "kk=2"],
      {},
      /no param called "kk" here\.\nDid you mean k\?/,
    ],
    [
      ["lesson", "memory/window", "--set", "k=0"],
      {},
      /"0" is not a valid value for k\.\nk takes a whole number from 1 to 20/,
    ],
    [["lesson", "memory/window", "--set", "k=two"], {}, /"two" is not a valid value for k\./],
    [["lesson", "memory/window", "--set", "k"], {}, /"k" sets nothing\.\nWrite --set name=value/],
    [["lesson", "memory", "--set", "nosuch=1"], {}, /no param called "nosuch"/],
    [
      ["lesson", "memory", "--format", "html"],
      {},
      /Unknown format "html"\.\nThe formats are auto, plain, jsonl, json\./,
    ],
    [["lesson", "memory", "--timeout", "-3"], {}, /"-3" is not a number of seconds/],
    [
      ["lesson", "memory", "--mdel", "x"],
      {},
      /[Uu]nknown option '--mdel'\.\nDid you mean --model\?/,
    ],
    [
      ["lesson", "memory", "--model", "gpt-4o"],
      {},
      /gpt-4o \(--model\) needs an endpoint\.\nSet OPENAI_API_KEY/,
    ],
    [
      ["lesson", "memory/window", "--answers", "perhaps"],
      {},
      /"perhaps" is no answer to "Will it still know/,
    ],
    [["leson"], {}, /Unknown command "leson"\.\nDid you mean lesson\?/],
    [["chat"], {}, /With which memory\?\nName one/],
    [["chat", "windwo"], {}, /no memory "windwo"\.\nDid you mean window\?/],
    [["chat", "toString"], {}, /no memory "toString"/],
    [
      ["lesson", "memory"],
      { OPENAI_BASE_URL: "localhost:1234" },
      /"localhost:1234" is not an http address \(OPENAI_BASE_URL in the environment\)/,
    ],
    [
      ["lesson", "memory"],
      { OPENAI_API_KEY: "sk has spaces" },
      /The key in OPENAI_API_KEY in the environment has a space/,
    ],
  ])("%j %j", async (argv, env, sentence) => {
    const { code, stderr } = await run(argv, { env });
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(2);
    expect(code).toBe(2);
  });

  test("a .env with a bad line names the line and none of its secrets", async () => {
    const { code, stderr } = await run(["lesson", "memory"], { cwd: folder });
    expect(stderr).toMatch(
      /Line 2 of \.env is no setting: it starts with "Oops…"\.\nEach line is NAME=value/,
    );
    expect(stderr).not.toContain("secret");
    expect(code).toBe(2);
  });
});

describe("as a program among others", () => {
  test("bare, in a pipe, it lists", async () => {
    const bare = await run([]);
    const list = await run(["list"]);
    expect(bare.code).toBe(0);
    expect(bare.stdout).toBe(list.stdout);
    expect(list.stdout).toContain("memory/window");
  });

  test("--help has examples, --version the version", async () => {
    expect((await run(["--help"])).stdout).toContain("llm-lab lesson memory/window --set k=3");
    expect(await run(["--version"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test("--params lists the params with their ranges", async () => {
    const { code, stdout } = await run(["lesson", "memory/window", "--params"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/k=1\n +how many exchanges are sent again; a whole number from 1 to 20/);
  });

  test("a reader that goes away ends it quietly", async () => {
    const { code, stderr } = await run(["lesson", "memory"], {
      watch: (_, child) => child.closeOutput(),
    });
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("Ctrl-C ends it with 130, and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "llm-lab-test-"));
    const server = await serveFaults(() => {});
    const { code, stderr } = await run(["lesson", "memory"], {
      env: { TMPDIR: folder, OPENAI_BASE_URL: server.url },
      watch: (output, child) => output.includes("call 1") && child.kill("SIGINT"),
    });
    await server.close();
    expect([code, stderr]).toEqual([130, ""]);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("tracing variables of other programs make it neither call nor chatter", async () => {
    const env = {
      LANGSMITH_TRACING: "true",
      LANGCHAIN_TRACING_V2: "true",
      LANGSMITH_API_KEY: "x",
      LANGCHAIN_VERBOSE: "true",
    };
    const noSockets = ["--import", join(root, "test/support/no-sockets.mjs")];
    const traced = await run(["lesson", "memory/window"], { env, node: noSockets });
    expect([traced.code, traced.stderr]).toEqual([0, ""]);
    expect(traced.stdout).not.toContain("[chain/start]");
  });
});

describe("what is left over on the command line is refused, never dropped", () => {
  test.each([
    [
      ["index", "a", "b"],
      /takes one argument, \[folder\]: "b" is left over\.\n.*llm-lab index a && llm-lab index b/,
    ],
    [["serve", "9000"], /"9000" is left over\.\n.*serve --port 9000/],
    [
      ["lesson", "memory", "window"],
      /"window" is left over\.\nOne section is llm-lab lesson memory\/window/,
    ],
    [
      ["lesson", "memory/window", "memory/token"],
      /is left over\.\nPlay one after the other: llm-lab lesson memory\/window && llm-lab lesson memory\/token/,
    ],
    [["list", "memory"], /llm-lab list takes no arguments: "memory" is left over/],
    [["chat", "window", "3", "4"], /"3", "4" are left over/],
    [["doctor", "now"], /"now" is left over/],
    [["train", "fast"], /"fast" is left over/],
    [["lesson", "memory", "--nonsense"], /unknown option '--nonsense'/i],
  ])("%j", async (argv, sentence) => {
    const { code, stdout, stderr } = await run(argv);
    expect(stderr).toMatch(sentence);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

test.each([["list"], ["help"], ["doctor"], ["serve"], ["train"], ["chat"]])(
  "%s takes --debug",
  async (name) => {
    const { code, stdout } = await run([name, "--help"]);
    expect(stdout).toContain("--debug");
    expect(code).toBe(0);
  },
);

test("--fault spoils the replies of any lesson", async () => {
  const { stdout } = await run([
    "lesson",
    "memory/stateless",
    "--fault",
    "empty-reply",
    "--format",
    "jsonl",
  ]);
  const replies = eventsOf(stdout).filter((event) => event.type === "call-end");
  expect(replies.map((event) => event.text)).toEqual(replies.map(() => ""));
  const refused = await run(["lesson", "memory/stateless", "--set", "fault=empty-reply"]);
  expect(refused.stderr).toMatch(/There is no param called "fault" here\.\n.*--fault empty-reply/);
});
