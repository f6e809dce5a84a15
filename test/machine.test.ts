import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeCheckpoint } from "../src/tinylm/checkpoint.ts";
import { placesOf, shapeOf } from "../src/tinylm/shape.ts";
import { root, run } from "./support/program.ts";

let folder = "";
let pipe = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-machine-"));
  pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  writeFileSync(join(folder, "text.txt"), "The boiler is due in May. ".repeat(200));
});
afterAll(() => rmSync(folder, { recursive: true }));
const OURS = /inside llm-lab|Cannot find/;

test.each([
  ["a checkpoint", () => ["lesson", "prompting/base", "--model", `tiny:${pipe}`]],
  ["a table", () => ["lesson", "chains/sequential", "--file", pipe]],
  ["a corpus", () => ["train", "--corpus", pipe, "--out", join(folder, "out")]],
  ["documents", () => ["index", pipe, "--into", join(folder, "store")]],
  ["prices", () => ["lesson", "memory", "--prices", pipe]],
])("a named pipe as %s is refused at once", async (_what, argv) => {
  const { code, stdout, stderr } = await run(argv(), { alone: true });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/pipe/);
  expect(stderr).not.toMatch(OURS);
});

describe("the folder for files", () => {
  test.each(["/proc", "/nonexistent/x", "/dev/null"])("%s is told", async (TMPDIR) => {
    const { code, stdout, stderr } = await run(["lesson", "memory/now"], { env: { TMPDIR } });
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout.replace(/\s+/g, " ")).toMatch(/No folder for the step's files can be made in/);
  });

  test("is cleaned of what a killed run left, and of nothing else", async () => {
    const place = join(folder, "tmp");
    const left = (name: string, owner?: string) => {
      mkdirSync(join(place, name), { recursive: true });
      if (owner !== undefined) writeFileSync(join(place, name, ".owner"), owner);
    };
    left("llm-lab-step-dead", "999999999 x.1");
    left("llm-lab-step-recycled", `${process.pid} x.1`);
    left("llm-lab-step-living", `${process.pid}`);
    left("llm-lab-step-unknown");
    left("mine", "999999999");
    expect((await run(["lesson", "memory/now"], { env: { TMPDIR: place } })).code).toBe(0);
    expect(readdirSync(place).sort()).toEqual([
      "llm-lab-step-living",
      "llm-lab-step-unknown",
      "mine",
    ]);
  });

  test.each([
    ["index", () => ["index", join(folder, "text.txt"), "--into", "/proc/x/y"]],
    ["train", () => ["train", "--steps", "1", "--out", "/proc/x/y"]],
  ])("a place below /proc ends %s at once", async (_what, argv) => {
    const { code, stderr } = await run(argv(), { alone: true });
    expect(code).toBeGreaterThan(0);
    expect(stderr).not.toBe("");
    expect(stderr).not.toMatch(OURS);
  });
});

const limited = promisify(execFile);

describe.skipIf(process.platform === "win32")("a machine that lets few files be open", () => {
  const notes = () => join(root, "handbook");
  test.each([
    [28, "list", () => ["list"]],
    [30, "a lesson", () => ["lesson", "memory/stateless"]],
    [40, "an index", () => ["index", notes(), "--into", join(folder, "few")]],
    [56, "a lesson with LanceDB", () => ["lesson", "vector-store/search"]],
  ])("%d: %s says so, with what to do", async (files, _what, argv) => {
    const script = `ulimit -n ${files}; exec "$0" "$@"`;
    const cli = [process.execPath, join(root, "dist/cli.js"), ...argv()];
    const { NODE_OPTIONS: _, ...env } = process.env;
    const failed = await limited("sh", ["-c", script, ...cli], { env, cwd: folder }).catch(
      (error) => error,
    );
    const said = `${failed.stdout}${failed.stderr}`.replace(/\s+/g, " ");
    expect(said).toMatch(/cannot be opened: too many files are open.*ulimit -n 1024/);
    expect(said).not.toMatch(/is missing| {4}at /);
    expect(said).not.toMatch(OURS);
    expect(failed.code).toBe(1);
  });
});

describe("trainings", () => {
  const train = (out: string, more: string[] = []) => {
    const sizes = ["--steps", "2", "--layers", "1", "--width", "16", "--threads", "1"];
    return run(["train", "--corpus", join(folder, "text.txt"), "--out", out, ...sizes, ...more]);
  };

  test("two do not share a folder; a dead one's lock and halves are cleared", async () => {
    const out = join(folder, "model");
    mkdirSync(out);
    writeFileSync(join(out, "training.lock"), `${process.pid}`);
    const second = await train(out);
    expect([second.code, second.stderr]).toEqual([
      1,
      expect.stringMatching(/Another training runs in/),
    ]);
    writeFileSync(join(out, "training.lock"), "999999999 x.1");
    writeFileSync(join(out, "progress.ckpt.77.part"), "half");
    expect((await train(out)).code).toBe(0);
    expect(readdirSync(out)).toEqual(["tiny-base.ckpt"]);
    const played = await run(["lesson", "prompting/base", "--model", `tiny:${out}`]);
    expect([played.code, played.stderr]).toEqual([0, ""]);
  });

  test("a text that has changed is told", async () => {
    const out = join(folder, "changed");
    expect((await train(out)).code).toBe(0);
    writeFileSync(join(folder, "text.txt"), "The tram is late on Monday. ".repeat(200));
    const { code, stderr } = await train(out);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/The text of .* has changed since/)]);
    expect(existsSync(join(out, "training.lock"))).toBe(false);
  });
});

describe("a hostile checkpoint is a sentence", () => {
  const shape = shapeOf({ vocabulary: 104, width: 16, layers: 1 });
  const alphabet = [10, ...Array.from({ length: 95 }, (_, at) => at + 32)];
  const weights = () => new Float32Array(placesOf(shape).count).fill(0.01);
  const base = { stage: "base", alphabet, merges: [], recipe: {}, done: 1, of: 1, shape } as const;
  const made = (fields: object) =>
    Buffer.from(encodeCheckpoint({ ...base, weights: weights(), ...fields } as never));
  const shaped = (fields: object) => made({ shape: { ...shape, ...fields } });
  /** Content of any kind under its right sum. */
  const summed = (content: string) =>
    Buffer.from(
      `llm-lab tiny model\n${createHash("sha256").update(content).digest("hex")}\n${content}`,
    );
  const withWeight = (value: number) => {
    const all = weights();
    all[7] = value;
    return made({ weights: all });
  };
  const doubling = Array.from({ length: 8 }, (_, at) => [
    at === 0 ? 5 : 99 + at,
    at === 0 ? 5 : 99 + at,
  ]);

  test.each<[string, () => Buffer]>([
    ["empty", () => Buffer.alloc(0)],
    ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ["cut", () => made({}).subarray(0, 900)],
    ["only its first line", () => Buffer.from("llm-lab tiny model\n")],
    ["no JSON", () => summed("{\n")],
    ["null", () => summed("null\n")],
    ["too deep", () => summed(`${"[".repeat(200_000)}\n`)],
    ["a huge context", () => shaped({ context: 4096 })],
    ["a huge width", () => shaped({ width: 4096 })],
    ["many layers", () => shaped({ layers: 64 })],
    ["no heads", () => shaped({ heads: 0 })],
    ["three heads", () => shaped({ heads: 3 })],
    ["a width of 17", () => shaped({ width: 17 })],
    ["a vocabulary of 8", () => shaped({ vocabulary: 8 })],
    ["weights too few", () => made({ weights: new Float32Array(10) })],
    ["a weight that is none", () => withWeight(Number.NaN)],
    ["an endless weight", () => withWeight(Number.POSITIVE_INFINITY)],
    ["letters twice", () => made({ alphabet: alphabet.map(() => 32) })],
    ["more letters than ids", () => made({ alphabet: Array.from({ length: 120 }, (_, at) => at) })],
    ["a merge of later ids", () => made({ merges: [[5, 103]] })],
    [
      "merges that double",
      () =>
        made({ merges: doubling, shape: shapeOf({ vocabulary: 40_000, width: 16, layers: 1 }) }),
    ],
  ])("%s", async (_what, bytes) => {
    const path = join(folder, "hostile.ckpt");
    writeFileSync(path, bytes());
    const argv = ["lesson", "prompting/base", "--model", `tiny:${path}`];
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/hostile\.ckpt/);
    expect(stderr).not.toMatch(OURS);
  });
});
