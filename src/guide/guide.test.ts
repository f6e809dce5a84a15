import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { curriculum } from "../../lessons/index.ts";
import { handbook } from "../handbook/handbook.ts";
import { loadSection } from "../lesson/load.ts";
import { passageNamed } from "../offline/topics.ts";
import { exercisesOn } from "./exercises.ts";
import { germanWords, idOfGerman } from "./german.ts";
import { knobsNamed, knobsOn } from "./knobs.ts";
import { allSections, sectionsOn } from "./sections.ts";
import { variableNamed, variables } from "./settings.ts";

const passage = (id: string) => passageNamed(id)!;

test("what is read of the sections' files is what the sections are", async () => {
  const loaded = [];
  for (const { load, sections } of curriculum) {
    const lesson = await load();
    for (const id of sections) loaded.push(await loadSection(lesson, id));
  }
  const told = loaded.map(({ id, title, steps, params }) => [
    id,
    title,
    steps.map((step) => step.title),
    Object.entries(params).map(([name, { kind, help }]) => [name, kind, help]),
  ]);
  const read = allSections().map(([id, { title, steps, params }]) => [
    id,
    title,
    steps.map((step) => step.title),
    params.map(({ name, kind, help }) => [name, kind, help]),
  ]);
  expect(read).toEqual(told);
});

test("bounds, choices and defaults of params are what the params take", async () => {
  const wrong: string[] = [];
  for (const { load, sections, id: lesson } of curriculum) {
    const loaded = await load();
    for (const name of sections) {
      const { params } = await loadSection(loaded, name);
      const read = allSections().find(([id]) => id === `${lesson}/${name}`)![1].params;
      for (const { name: param, default: usual, min, max, choices } of read) {
        const spec = params[param]!;
        if (usual !== undefined && spec.default !== usual) wrong.push(`${name} ${param}`);
        if (choices && choices.join() !== spec.choices?.join()) wrong.push(`${name} ${param}`);
        for (const bound of [min, max].filter((one) => one !== undefined))
          if (spec.parse(String(bound)) !== bound) wrong.push(`${name} ${param} ${bound}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("lessons send to passages that there are", () => {
  const ids = new Set(handbook().map(({ id }) => id));
  const sent = allSections().flatMap(([, section]) =>
    [section, ...section.steps].flatMap(({ passages }) => passages),
  );
  expect(sent.length).toBeGreaterThan(100);
  expect(sent.filter((id) => !ids.has(id))).toEqual([]);
});

test("a passage whose step is meant is found at that step", () => {
  expect(sectionsOn(passage("top-p"))[0]?.step).toEqual({ number: 2, title: "Top-k and top-p" });
  // An article in the title tells that the section is about graphs.
  expect(sectionsOn(passage("memory")).map(({ id }) => id)).not.toContain("agents/graph");
});

test.each([
  ["temperature", ["setup/temperature temperature", "prompting/next-token temperature"]],
  ["window-memory", ["memory/window k"]],
  ["chunk-overlap", ["vector-store/chunking overlap"]],
  ["beam-search", []],
  ["copyright", []],
])("%s is turned by %j", (id, expected) => {
  const found = knobsOn(passage(id), sectionsOn(passage(id)));
  expect(found.map(({ section, knob }) => `${section} ${knob.name}`)).toEqual(expected);
});

test("params are found by their names, however they are written", () => {
  const names = (word: string) => knobsNamed(word).map(({ knob }) => knob.name);
  expect(new Set(names("top-p"))).toEqual(new Set(["topP"]));
  expect(names("k").length).toBeGreaterThan(3);
  expect(names("")).toEqual([]);
});

test.each([
  ["thread", "threads"],
  ["router-chain", "add-route"],
  ["structured-output", "structured"],
])("%s is exercised by %s", (id, name) => {
  const found = exercisesOn(passage(id), sectionsOn(passage(id)));
  expect(found.map((exercise) => exercise.name)).toContain(name);
});

test("German words stand for passages that there are, each for one", () => {
  const ids = new Set(handbook().map(({ id }) => id));
  const words = germanWords();
  expect(words.filter(([, id]) => !ids.has(id))).toEqual([]);
  expect(words.filter(([word, id]) => idOfGerman(word) !== id)).toEqual([]);
  expect(idOfGerman("das Gedächtnis")).toBe("memory");
});

test("each variable that settings are read from is explained", () => {
  const source = readFileSync(join(import.meta.dirname, "../config.ts"), "utf8");
  const read = [
    ...[...source.matchAll(/\bfind\(\s*"([A-Z_]+)"/g)].map(([, name = ""]) => name),
    ...[...source.matchAll(/\benv\.([A-Z_]+)\b/g)].map(([, name = ""]) => name),
  ];
  // Those are the system's, and nobody sets them for llm-lab.
  const systems = ["HOME", "LOCALAPPDATA", "TERM", "XDG_CACHE_HOME", "XDG_DATA_HOME"];
  expect(read).toContain("OPENAI_BASE_URL");
  const missing = read.filter((name) => !systems.includes(name) && !variableNamed(name));
  expect(missing).toEqual([]);
  expect(variables().filter(({ about }) => about.length < 10)).toEqual([]);
});
