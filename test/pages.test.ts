import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { curriculum } from "../lessons/index.ts";
import { root } from "./support/program.ts";

const LESSONS = ["setup", "memory"];
const folder = mkdtempSync(join(tmpdir(), "llm-lab-pages-test-"));
const read = (place: string, id: string) => readFileSync(join(place, id, "README.md"), "utf8");
const pageOf = (id: string) => read(join(root, "lessons"), id);

beforeAll(async () => {
  const script = join(root, "scripts/pages.mjs");
  await promisify(execFile)(process.execPath, [script, folder, ...LESSONS]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// .ci/run holds all of them so.
describe.each(LESSONS)("the page of %s", (id) => {
  test("is what a run gives now: npm run build && npm run pages writes it anew", () => {
    expect(pageOf(id)).toBe(read(folder, id));
  });

  test("has the pictures that a run gives now", () => {
    const pictures = join(folder, id, "images");
    const shown = [...read(folder, id).matchAll(/!\[.*?\]\(images\/(.+?)\)/g)].map(
      ([, name]) => name,
    );
    const made = shown.length === 0 ? [] : readdirSync(pictures);
    expect(made.toSorted()).toEqual(shown.toSorted());
    for (const name of made)
      expect(readFileSync(join(root, "lessons", id, "images", name), "utf8")).toBe(
        readFileSync(join(pictures, name), "utf8"),
      );
  });
});

describe.each(curriculum)("the page of $id", ({ id, sections, load }) => {
  const page = pageOf(id);

  test("names no time, no machine and no folder of it", () => {
    const told = page.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "");
    expect(told).not.toMatch(/· [\d.]+ m?s ·|llm-lab-step-|\/tmp\/|\/home\/|\/root\//);
  });

  test("is short enough to read, and all of it is shown", () => {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(150_000);
    const open = page.match(/<details>/g)?.length;
    expect(page.match(/<\/details>/g)?.length).toBe(open);
  });

  test("has each section, with the command that plays it", () => {
    for (const name of sections) {
      expect(page).toContain(`](#${name})`);
      expect(page).toContain(`<a id="${name}"></a>`);
      expect(page).toContain(`\nnpx llm-lab lesson ${id}/${name}\n`);
    }
  });

  test("asks each prediction before it folds what happened", async () => {
    const lesson = await load();
    const modules = await Promise.all(sections.map((name) => lesson.sections[name]?.()));
    const predictions = modules
      .flatMap(
        (module) => (module as { default: { steps: { prediction?: object }[] } }).default.steps,
      )
      .filter(({ prediction }) => prediction !== undefined);
    expect(page.match(/^\*\*Predict first: /gm)?.length ?? 0).toBe(predictions.length);
    expect(page.match(/^\*\*The right answer: /gm)?.length ?? 0).toBe(predictions.length);
  });

  test("links to files that are there", () => {
    const links = [...page.matchAll(/\]\(((?:\.\.|images)\/[^)#]+|[\w-]+\.ts)(?:#[^)]*)?\)/g)];
    for (const [, path = ""] of links)
      expect(() => readdirOrFile(join(root, "lessons", id, path)), path).not.toThrow();
  });
});

/** @throws where there is neither */
function readdirOrFile(path: string): void {
  try {
    readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EISDIR") throw error;
  }
}
