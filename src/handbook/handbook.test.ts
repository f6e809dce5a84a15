import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { handbook } from "./handbook.ts";
import { passagesIn } from "./passages.ts";

const folder = join(import.meta.dirname, "../../handbook");
const read = (file: string) => readFileSync(join(folder, file), "utf8");
const passages = handbook();
const ids = passages.map(({ id }) => id);
const outline = [...read("outline.md").matchAll(/^- ([\w-]+): (.+?) - (.+)$/gm)].map(
  ([, id = "", title = "", gist = ""]) => ({ id, title, gist }),
);

describe("the handbook", () => {
  test("has the passages of its outline, in that order, and no other", () => {
    expect(passages.map(({ id, title }) => ({ id, title }))).toEqual(
      outline.map(({ id, title }) => ({ id, title })),
    );
    expect(passages.length).toBeGreaterThanOrEqual(130);
  });

  test("has no chapter that is not read", () => {
    const files = readdirSync(folder).filter(
      (file) => file.endsWith(".md") && file !== "outline.md",
    );
    const inFiles = files.flatMap((file) => passagesIn(read(file)).map(({ id }) => id));
    expect(inFiles.toSorted()).toEqual(ids.toSorted());
  });

  test("names each passage and each title once", () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(passages.map(({ title }) => title)).size).toBe(ids.length);
  });

  test("outlines each in at most twelve words", () => {
    const long = outline.filter(({ gist }) => gist.split(/\s+/).length > 12);
    expect(long).toEqual([]);
  });

  test.each(passages.map((passage) => [passage.id, passage] as const))(
    "%s is of a length, in a chapter, and leads on to others that are there",
    (id, { text, chapter, seeAlso }) => {
      const words = text.split(/\s+/).length;
      expect(words).toBeGreaterThanOrEqual(60);
      expect(words).toBeLessThanOrEqual(130);
      expect(chapter).not.toBe("");
      expect(text).not.toMatch(/^#|See also|\bTODO\b|\s$/m);
      expect(seeAlso.length).toBeGreaterThan(0);
      expect(seeAlso.filter((other) => !ids.includes(other) || other === id)).toEqual([]);
    },
  );
});

describe.each(["own-terms", "paraphrase"])("the questions %s", (set) => {
  const questions: { id: string; question: string; passages: string[]; kept: boolean }[] =
    JSON.parse(read(`questions/${set}.json`));

  test("are enough, a third of them kept aside", () => {
    expect(questions.length).toBeGreaterThanOrEqual(66);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(questions.filter(({ kept }) => kept)).toHaveLength(Math.round(questions.length / 3));
  });

  test("are answered by passages that are there", () => {
    const asked = questions.flatMap((question) => question.passages);
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
    expect(questions.filter((question) => question.passages.length === 0)).toEqual([]);
  });
});
