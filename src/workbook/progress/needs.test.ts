import { expect, test } from "vitest";
import { curriculum, needs } from "../../../lessons/index.ts";
import { hintOf, stateOf, unseen } from "./needs.ts";
import { nothingDone } from "./record.ts";

const ids = curriculum.flatMap(({ id, sections }) => sections.map((name) => `${id}/${name}`));

test("each section says what it builds on, in the order of the curriculum", () => {
  expect(Object.keys(needs)).toEqual(ids);
});

test.each(ids)("%s builds on sections that come before it, the nearest only", (id) => {
  const own = needs[id] ?? [];
  const earlier = ids.slice(0, ids.indexOf(id));
  for (const needed of own) expect(earlier).toContain(needed);
  expect(new Set(own).size).toBe(own.length);
  // What a needed section needs itself need not be said again.
  const further = own.flatMap((needed) => [...behind(needed)]);
  for (const needed of own) expect(further).not.toContain(needed);
  if (id !== ids[0]) expect(own.length).toBeGreaterThan(0);
});

/** All that a section builds on, whatever lies between. */
function behind(id: string): Set<string> {
  const own = needs[id] ?? [];
  return new Set([...own, ...own.flatMap((needed) => [...behind(needed)])]);
}

const opened = { step: 1, of: 3, last: "2026-11-27T10:00:00.000Z" };

test("what was opened is seen, and so is a topic that is done", () => {
  const progress = nothingDone();
  progress.sections["memory/token"] = opened;
  const two = ["memory/token", "memory/summary"];
  expect(unseen(two, progress, new Set())).toEqual(["memory/summary"]);
  expect(unseen(two, progress, new Set(["memory"]))).toEqual([]);
  expect(hintOf(two, progress, new Set(["memory"]))).toBeUndefined();
  expect(hintOf(two, nothingDone(), new Set())).toBe(
    "This builds on memory/token and memory/summary, which you have not opened yet.",
  );
});

test("a list tells that a section was played, else what comes before it and not right above", () => {
  const progress = nothingDone();
  const all = { "a/one": [], "a/two": ["a/one"], "b/one": ["a/one", "a/two"], "b/two": ["a/two"] };
  const told = (id: string, done: string[] = []) => stateOf(id, all, progress, new Set(done));
  expect(["a/one", "a/two"].map((id) => told(id))).toEqual(["", ""]);
  expect(told("b/one")).toBe(" (after a/one)");
  expect(told("b/two")).toBe(" (after a/two)");
  expect(told("b/two", ["a"])).toBe("");
  progress.sections["a/two"] = opened;
  expect(told("b/two")).toBe("");
  progress.sections["b/two"] = { ...opened, done: opened.last };
  expect(told("b/two")).toBe(" (played)");
});
