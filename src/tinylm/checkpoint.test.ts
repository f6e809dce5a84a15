import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LabError } from "../errors.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint-file.ts";
import { placesOf, shapeOf } from "./shape.ts";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-checkpoints-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shape = shapeOf({ vocabulary: 104, width: 16, layers: 1 });
const values = (from: number) =>
  Float32Array.from({ length: placesOf(shape).count }, (_, at) => from + at / 7);
const checkpoint: Checkpoint = {
  stage: "instruct",
  shape,
  alphabet: [10, 32, 65],
  merges: [[4, 5]],
  recipe: { seed: 1, corpus: "built-in" },
  done: 3,
  of: 10,
  weights: values(0),
  moments: { values: [values(1), values(2)], left: [0.5, 0.25] },
};
const bytes = () => Buffer.from(encodeCheckpoint(checkpoint));

const failure = (attempt: () => unknown): LabError => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error("nothing failed");
};

describe("a checkpoint", () => {
  test("comes back as it was, with moments and without", () => {
    expect(decodeCheckpoint(bytes(), "x")).toEqual(checkpoint);
    const finished = { ...checkpoint, moments: undefined };
    expect(decodeCheckpoint(encodeCheckpoint(finished), "x")).toEqual(finished);
  });

  test("is the same bytes every time", () => {
    expect(bytes().equals(bytes())).toBe(true);
  });

  test.each([
    ["a changed weight", (all: Buffer) => all.writeUInt8((all.at(-9) ?? 0) ^ 1, all.length - 9)],
    ["a changed header", (all: Buffer) => all.write("9", all.indexOf('"done":3') + 7)],
  ])("%s is found out", (_name, spoil) => {
    const all = bytes();
    spoil(all);
    expect(failure(() => decodeCheckpoint(all, "mine.ckpt")).message).toMatch(
      /mine\.ckpt is damaged/,
    );
  });

  test.each([0.2, 0.9, 0.999])("cut off at %d of its length it is damaged", (share) => {
    const all = bytes();
    const cut = all.subarray(0, Math.floor(all.length * share));
    expect(failure(() => decodeCheckpoint(cut, "mine.ckpt")).message).toMatch(/is damaged/);
  });

  test.each([
    ["an empty file", Buffer.alloc(0)],
    ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
    ["another program's", Buffer.from('{"format":"pt"}')],
  ])("%s is said to be no checkpoint", (_name, all) => {
    const { message, hint, exitCode } = failure(() => decodeCheckpoint(all, "mine.ckpt"));
    expect(message).toMatch(/mine\.ckpt is not a checkpoint of llm-lab/);
    expect([hint, exitCode]).toEqual(["Give a file that llm-lab train has written.", 2]);
  });

  test("one of a newer version is said to be that", () => {
    const all = bytes().toString("latin1").replace('"version":1', '"version":9');
    expect(
      failure(() => decodeCheckpoint(Buffer.from(all, "latin1"), "mine.ckpt")).message,
    ).toMatch(/written by a newer llm-lab/);
  });
});

describe("a checkpoint's file", () => {
  test("is written and read", () => {
    const path = join(folder, "a.ckpt");
    writeCheckpoint(path, checkpoint);
    expect(readCheckpoint(path)).toEqual(checkpoint);
    expect(readdirSync(folder)).toEqual(["a.ckpt"]);
  });

  test("that cannot be written leaves the earlier one whole, and nothing beside it", () => {
    const path = join(folder, "folder-in-the-way");
    writeFileSync(path, "kept");
    const inside = join(path, "b.ckpt");
    expect(failure(() => writeCheckpoint(inside, checkpoint)).message).toMatch(/cannot be written/);
    expect(readFileSync(path, "utf8")).toBe("kept");
  });

  test("that is not there, or a folder, is a sentence", () => {
    expect(failure(() => readCheckpoint(join(folder, "none"))).message).toMatch(
      /There is no checkpoint/,
    );
    expect(failure(() => readCheckpoint(folder)).message).toMatch(/cannot be read/);
  });
});
