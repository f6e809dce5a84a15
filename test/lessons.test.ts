import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { handbook } from "../src/handbook/handbook.ts";
import { chooseSections, loadSection } from "../src/lesson/load.ts";
import { parseParam } from "../src/lesson/params.ts";

const root = join(import.meta.dirname, "..");

describe.each(curriculum)("the lesson $id", async (entry) => {
  const lesson = await entry.load();
  const sections = await Promise.all(chooseSections(lesson).map((id) => loadSection(lesson, id)));

  test("has the sections that the list names, in that order", () => {
    expect(Object.keys(lesson.sections)).toEqual(entry.sections);
    expect([lesson.id, lesson.title]).toEqual([entry.id, entry.title]);
  });

  test("ends with three lines of what was learnt, and lines of when to use what", () => {
    expect(lesson.recap).toHaveLength(3);
    for (const line of [...lesson.recap, ...(lesson.whenToUse ?? [])])
      expect(line).toMatch(/^[^ ].{20,200}[.?]$/);
  });

  test.each(sections)("$id leads to passages of the handbook that are there", (section) => {
    const ids = handbook().map(({ id }) => id);
    const prose = [section.prose, ...section.steps.map((step) => step.prose)].join("\n");
    const topics = [...prose.replace(/\s+/g, " ").matchAll(/llm-lab help ([\w-]+)/g)].map(
      ([, topic = ""]) => topic,
    );
    expect(topics).not.toEqual([]);
    expect(topics.filter((topic) => !ids.includes(topic))).toEqual([]);
  });

  describe.each(sections)("$id", (section) => {
    test("has prose, steps with titles of their own, and params whose defaults are values", () => {
      expect(section.prose).not.toBe("");
      expect(section.steps.length).toBeGreaterThan(0);
      const titles = section.steps.map((step) => step.title);
      expect(new Set(titles).size).toBe(titles.length);
      for (const [name, spec] of Object.entries(section.params)) {
        expect(parseParam(section.params, name, String(spec.default))).toBe(spec.default);
        expect(spec.help).not.toBe("");
      }
    });

    test("promises an outcome that `llm-lab verify` can hold it to", () => {
      const promised = section.steps.flatMap(({ expectations }) => expectations);
      expect(promised).not.toEqual([]);
      for (const [name, value] of Object.entries(section.short ?? {}))
        expect(parseParam(section.params, name, String(value))).toBe(value);
    });

    test.each(section.steps)("$id: the code panel is the lines of its file", ({ prose, code }) => {
      const lines = readFileSync(join(root, code.file), "utf8").split("\n");
      const shown = code.text.split("\n");
      const taken = lines.slice(code.line - 1, code.line - 1 + shown.length);
      const indent = /^ */.exec(taken[0] ?? "")?.[0] ?? "";
      expect(shown.map((line) => (line === "" ? "" : indent + line))).toEqual(taken);
      expect(shown.length).toBeLessThanOrEqual(25);
      expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(80);
      expect(prose).not.toBe("");
    });

    test.each(section.steps)("$id: the code panel is the body that runs", ({ code, step }) => {
      // Types are erased and imports renamed on the way; the words that are left stand in the same order.
      const ran = wordsOf(step.body.toString().replace(/__vi(?:te_ssr)?_import_\d+__\./g, ""));
      const shown = wordsOf(code.text).filter((word) => ran.includes(word));
      let at = 0;
      for (const word of shown) at = ran.indexOf(word, at) + 1 || Number.NaN;
      expect(at).not.toBeNaN();
      const end = Math.min(3, shown.length);
      expect(shown.slice(-end)).toEqual(ran.slice(-end));
      for (const [open, close] of ["()", "{}", "[]"]) {
        expect(code.text.split(open ?? "").length).toBe(code.text.split(close ?? "").length);
      }
    });
  });
});

function wordsOf(text: string): string[] {
  // What is spread is no property, although a dot stands before it.
  return text.replaceAll("...", " ").match(/(?<![\p{N}.])[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
}
