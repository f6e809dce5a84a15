import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventsOf, run } from "./support/program.ts";
import { serveFaults } from "./support/server.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-train-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
const train = (name: string, ...flags: string[]) => [
  "train",
  "--out",
  join(folder, name),
  ...flags,
];
const files = (name: string) => readdirSync(join(folder, name)).sort();
const bytes = (name: string, file: string) => readFileSync(join(folder, name, file));

type Child = { kill(signal: NodeJS.Signals): void; closeOutput(): void };
/** Does something to the program, once, when it has said something. */
function atOnce(said: string, act: (child: Child) => void) {
  let isDone = false;
  return (output: string, child: Child) => {
    if (isDone || !output.includes(said)) return;
    isDone = true;
    act(child);
  };
}

const ALL = ["tiny-base.ckpt", "tiny-instruct.ckpt", "tiny-preferred.ckpt"];

describe("llm-lab train", () => {
  test("tells of its stages, and writes the three checkpoints, which lessons can use", async () => {
    const { code, stdout } = await run(train("whole", "--steps", "60", "--threads", "2"));
    expect([code, files("whole")]).toEqual([0, ALL]);
    for (const said of [
      "pre-training",
      "fine-tuning",
      "RLHF",
      "100 %",
      "tokens/s",
      "facts completed",
    ])
      expect(stdout).toContain(said);
    const base = join(folder, "whole", "tiny-base.ckpt");
    const lesson = await run([
      "lesson",
      "prompting/base",
      "--model",
      `tiny:${base}`,
      "--format",
      "jsonl",
    ]);
    expect(lesson.code).toBe(0);
    const models = eventsOf(lesson.stdout).flatMap((event) =>
      event.type === "call-start" ? [event.model] : [],
    );
    expect(new Set(models)).toEqual(new Set([`tiny:${base}`]));
  });

  test("as JSON it is one event a line, as many for a slow machine as for a fast one", async () => {
    const flags = ["--steps", "20", "--threads", "1", "--format", "jsonl"];
    const { code, stdout } = await run(train("json", ...flags));
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    const of = (type: string) => events.filter((event) => event.type === type);
    expect(
      of("work-start")
        .map(({ work }) => work)
        .slice(0, 2),
    ).toEqual(["pre-training", "fine-tuning"]);
    expect(of("work-step").filter(({ work }) => work === "pre-training")).toHaveLength(20);
    const [end] = of("work-end");
    expect(end).toMatchObject({ done: 20, outcome: "done" });
    expect(end.values[0]).toBeGreaterThan(end.values.at(-1));
  });

  test("interrupted, it keeps what was reached, and then comes to the same weights", async () => {
    const flags = ["--steps", "30", "--seed", "3", "--threads", "1"];
    const stopped = await run(train("stopped", ...flags), {
      watch: atOnce("30 %", (child) => child.kill("SIGINT")),
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(
      /^Stopped in pre-training\..* kept in .*the same command goes on/,
    );
    expect(files("stopped")).toEqual(["progress.ckpt"]);

    const other = await run(train("stopped", "--steps", "50", "--seed", "3"));
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(/trained with other settings: seed 3, steps 30/);

    const resumed = await run(train("stopped", ...flags));
    expect(resumed.stdout).toMatch(/Goes on in pre-training after step \d+/);
    const straight = await run(train("straight", ...flags));
    expect([resumed.code, straight.code]).toEqual([0, 0]);
    expect(files("stopped")).toEqual(files("straight"));
    for (const file of files("stopped"))
      expect(bytes("stopped", file).equals(bytes("straight", file))).toBe(true);
  });

  test.skipIf(process.platform === "win32")("a closed terminal is kept like Ctrl-C", async () => {
    const { code } = await run(train("closed", "--steps", "100", "--threads", "2"), {
      watch: atOnce("20 %", (child) => child.kill("SIGHUP")),
    });
    expect(code).toBe(129);
    expect(files("closed")).toEqual(["progress.ckpt"]);
  });

  test("a reader that goes away ends it, and what was reached is kept", async () => {
    const { code } = await run(train("head", "--steps", "100", "--threads", "1"), {
      watch: atOnce("20 %", (child) => child.closeOutput()),
    });
    expect(code).toBe(0);
    expect(files("head")).toEqual(["progress.ckpt"]);
  });

  test.each([
    ["damaged", (all: Buffer) => all.subarray(0, 5000), /is damaged/],
    ["foreign", () => Buffer.from("hello"), /is not a checkpoint of llm-lab/],
  ])("a %s checkpoint in its folder is not overwritten", async (name, spoil, sentence) => {
    mkdirSync(join(folder, name));
    const path = join(folder, name, "tiny-base.ckpt");
    const spoilt = spoil(readFileSync(join(import.meta.dirname, "../checkpoints/tiny-base.ckpt")));
    writeFileSync(path, spoilt);
    const { code, stderr } = await run(train(name, "--steps", "10"));
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(readFileSync(path).equals(spoilt)).toBe(true);
    const used = await run(["lesson", "prompting/base", "--model", `tiny:${path}`]);
    expect(used.code).not.toBe(0);
    expect(used.stdout + used.stderr).toMatch(sentence);
  });

  test.each([
    [["--steps", "0"], /"0" is not a valid value for --steps/],
    [["--steps", "many"], /whole number from 1 to 100000/],
    [["--width", "50"], /width of 50 is not possible/],
    [["--layers", "99"], /--layers/],
    [["--kernels", "gpu"], /one of simd, fused, plain/],
    [["--corpus", "/no/such/folder"], /There is no file or folder \/no\/such\/folder/],
  ])("%j is one clear sentence", async (flags, sentence) => {
    const { code, stderr, stdout } = await run(train("never", ...flags));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });
});

describe("llm-lab train --corpus", () => {
  const corpus = (name: string, content: string | Buffer) => {
    mkdirSync(join(folder, `${name}-text`), { recursive: true });
    writeFileSync(join(folder, `${name}-text`, "a.txt"), content);
    return ["--corpus", join(folder, `${name}-text`), "--steps", "20", "--threads", "1"];
  };

  test.each([
    ["one-line", "hello world"],
    ["emoji", "🙂🙃 🙂 🚀🚀\n\n🙃"],
    ["windows", "a line\r\nanother line\r\n\r\na third"],
  ])("%s makes a base model", async (name, content) => {
    const { code, stdout } = await run(train(name, ...corpus(name, content)));
    expect(code).toBe(0);
    expect(stdout).toContain("Text of your own makes a base model");
    expect(files(name)).toEqual(["tiny-base.ckpt"]);
  });

  test.each([
    ["empty", ""],
    ["binary", Buffer.from([0, 1, 2, 3, 0, 9])],
  ])("%s is said to have no text", async (name, content) => {
    const { code, stderr } = await run(train(name, ...corpus(name, content)));
    expect(code).toBe(2);
    expect(stderr).toMatch(/There is no text in/);
  });

  test("50 MB are read in bounded memory", async () => {
    const lines = Array.from(
      { length: 1000 },
      (_, at) => `Line ${at * 7919} of a book about ${at % 13} ships.\n`,
    );
    const content = lines.join("").repeat(Math.ceil(50e6 / lines.join("").length));
    const flags = corpus("big", content);
    const { code, stdout } = await run(train("big", ...flags), {
      node: ["--max-old-space-size=700"],
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 file of your own: [\d,]{9,} tokens/);
    rmSync(join(folder, "big-text"), { recursive: true });
  });
});

describe("the lesson about how models are made", () => {
  test("plays without training in a moment", async () => {
    const { code, stdout } = await run(["lesson", "prompting", "--set", "train=false"]);
    expect(code).toBe(0);
    expect(stdout).toContain("The capital of France is Paris");
    expect(stdout).toContain("because of train=no");
  });

  test("shows the likeliest tokens also where replies are streamed", async () => {
    const { code, stdout } = await run(["lesson", "prompting/next-token", "--format", "jsonl"]);
    expect(code).toBe(0);
    const shown = eventsOf(stdout).filter(({ type }) => type === "bars-shown");
    expect(shown.map(({ bars }) => bars.length)).toEqual([10, ...Array(shown.length - 1).fill(5)]);
    expect(shown.length).toBeGreaterThan(1);
    for (const { bars } of shown) {
      const sum = bars.reduce((all: number, { value }: { value: number }) => all + value, 0);
      expect(sum).toBeGreaterThan(0.3);
      expect(sum).toBeLessThanOrEqual(1.000001);
    }
  });

  test("trains when it is asked to; interrupted, the next run goes on, and its tables are what was measured", async () => {
    const data = join(folder, "data");
    const env = { LLM_LAB_DATA: data };
    const lesson = ["lesson", "prompting/train", "--set", "steps=100"];
    const stopped = await run(lesson, {
      env,
      watch: atOnce("20 %", (child) => child.kill("SIGINT")),
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/^Stopped at step \d+ of 100\. It is kept/);

    const { code, stdout } = await run([...lesson, "--format", "jsonl"], { env });
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    const [note] = events.filter(({ type }) => type === "note-shown");
    expect(note.text).toMatch(/Goes on from step \d+ of 100/);
    const stages = events.filter(({ type }) => type === "work-end").map(({ work }) => work);
    expect(stages).toEqual(["pre-training", "fine-tuning", "RLHF"]);
    const tables = events.filter(({ type }) => type === "table-shown");
    expect(tables.map(({ title }) => title)).toEqual(["Base model", "Tuned"]);
    expect(existsSync(join(data, "lesson-training.ckpt"))).toBe(false);
  });

  test("the model follows the learner's ratings", async () => {
    const answers = Array(8).fill("A").join(",");
    const lesson = ["lesson", "prompting/rate", "--format", "jsonl", "--answers", answers];
    const { code, stdout } = await run(lesson);
    expect(code).toBe(0);
    const asked = eventsOf(stdout).filter(({ type }) => type === "question-answered");
    expect(asked.slice(0, 8).map(({ answer, by }) => [answer, by])).toEqual(
      Array(8).fill(["A", "list"]),
    );
  });

  test("a real base model answers beside the tiny one, where it is named", async () => {
    const server = await serveFaults((request, response, body) => {
      const { prompt, stream } = JSON.parse(body || "{}");
      const choice = {
        index: 0,
        text: ` [real, after ${JSON.stringify(prompt).length}]`,
        finish_reason: "stop",
      };
      const answer = {
        id: "x",
        object: "text_completion",
        created: 0,
        model: "some-base-model",
        choices: [choice],
      };
      if (request.method === "GET") return response.end("{}");
      response.setHeader("content-type", stream ? "text/event-stream" : "application/json");
      response.end(
        stream ? `data: ${JSON.stringify(answer)}\n\ndata: [DONE]\n\n` : JSON.stringify(answer),
      );
    });
    try {
      const env = {
        OPENAI_BASE_URL: server.url,
        OPENAI_API_KEY: "sk-test",
        LLM_LAB_BASE_MODEL: "some-base-model",
      };
      const { code, stdout } = await run(
        ["lesson", "prompting/base", "--yes", "--format", "jsonl"],
        { env },
      );
      expect(code).toBe(0);
      const rows = eventsOf(stdout).find(({ type }) => type === "table-shown").rows;
      expect(rows.map(([model]: [string]) => model)).toEqual(["tiny-base", "some-base-model"]);
      expect(rows[1][1]).toContain("[real, after");
      expect(server.received.map(({ path }) => path)).toEqual(Array(3).fill("/v1/completions"));
      expect(
        server.received.every(({ body }) => JSON.parse(body).model === "some-base-model"),
      ).toBe(true);
    } finally {
      await server.close();
    }
  });
});
