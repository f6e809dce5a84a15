import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readExercises } from "../src/workbook/exercises.ts";
import { root } from "./support/program.ts";

const page = readFileSync(join(root, "docs/exercises.md"), "utf8");

test("the page of the exercises lists each of them, in order, and says how many there are", () => {
  const exercises = readExercises();
  const rows = page
    .split("\n")
    .filter((line) => /^\| \d/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(rows.map((cells) => cells.slice(1, 5))).toEqual(
    exercises.map(({ number, name, topic, task }) => [`${number}`, `\`${name}\``, topic, task]),
  );
  expect(page).toContain(`## The ${exercises.length} exercises`);
});
