import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { LabEvent } from "../../trace/events.ts";
import { duePredictions } from "../quiz.ts";
import { ProgressFile } from "./file.ts";
import { followLesson } from "./follow.ts";

const base = mkdtempSync(join(tmpdir(), "llm-lab-progress-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let files = 0;
function freshFile(): ProgressFile {
  files += 1;
  return new ProgressFile(join(base, `${files}`, "progress.json"));
}

async function fileWith(text: string): Promise<ProgressFile> {
  const file = freshFile();
  await file.update(() => {});
  writeFileSync(file.path, text);
  return file;
}

test("many changes at once are all kept", async () => {
  const path = freshFile().path;
  const names = Array.from({ length: 20 }, (_, at) => `exercise-${at}`);
  await Promise.all(
    names.map((name) =>
      new ProgressFile(path).update((progress) => {
        progress.exercises[name] = { started: "2026-11-26T10:00:00.000Z", checks: 1, hints: 0 };
      }),
    ),
  );
  expect(Object.keys(new ProgressFile(path).read().exercises).sort()).toEqual(names.sort());
});

test.each([
  ["nothing", ""],
  ["half a file", '{"version":2,"sections":{},"exer'],
  ["another file", '{"name":"somebody"}'],
  ["a wrong shape", '{"version":2,"sections":{},"predictions":{},"exercises":{"a":{}}}'],
  ["a list", "[]"],
])("a damaged file (%s) is kept aside, and that is said", async (_what, text) => {
  const file = await fileWith(text);
  expect(file.read().exercises).toEqual({});
  const aside = file.path.replace(".json", "-damaged-1.json");
  expect(file.notice).toContain(aside);
  expect(readFileSync(aside, "utf8")).toBe(text);
  await file.update(() => {});
  expect(readdirSync(join(file.path, "..")).sort()).toEqual([
    "progress-damaged-1.json",
    "progress.json",
  ]);
});

test("an older version's file is read, and written as it is now", async () => {
  const older = { version: 1, exercises: { "choose-k": { started: "2026-11-20", tries: 4 } } };
  const file = await fileWith(JSON.stringify(older));
  await file.update(() => {});
  expect(file.notice).toBeUndefined();
  expect(JSON.parse(readFileSync(file.path, "utf8"))).toEqual({
    version: 2,
    sections: {},
    predictions: {},
    exercises: { "choose-k": { started: "2026-11-20", checks: 4, hints: 0 } },
  });
});

test("a newer version's file is left alone", async () => {
  const newer = '{"version":99}';
  const file = await fileWith(newer);
  expect(() => file.read()).toThrow(/A newer llm-lab wrote your progress/);
  await expect(file.update(() => {})).rejects.toThrow(/A newer llm-lab/);
  expect(readFileSync(file.path, "utf8")).toBe(newer);
});

test("a folder that may not be written to is told", async () => {
  writeFileSync(join(base, "blocked"), "");
  const file = new ProgressFile(join(base, "blocked", "progress.json"));
  await expect(file.update(() => {})).rejects.toThrow(/Your progress cannot be kept in/);
});

test("a lesson is followed: steps, predictions, the end of a section", async () => {
  const file = freshFile();
  const follow = followLesson(file, () => new Date("2026-11-26T10:00:00Z"));
  const events = [
    { type: "section-start", section: "memory/window" },
    { type: "step-start", step: "memory/window/forgets", place: 1, of: 3 },
    { type: "prediction-judged", right: false },
    { type: "step-start", step: "memory/window/stored", place: 2, of: 3 },
  ] as LabEvent[];
  for (const event of events) await follow(event);
  expect(file.read().here).toMatchObject({ section: "memory/window", step: 2 });
  expect(duePredictions(file.read())).toEqual([
    { lesson: "memory", section: "window", step: "forgets" },
  ]);
  await follow({ type: "section-end", section: "memory/window" });
  expect(file.read()).toMatchObject({
    sections: { "memory/window": { step: 2, of: 3, done: "2026-11-26T10:00:00.000Z" } },
  });
  expect(file.read().here).toBeUndefined();
});
