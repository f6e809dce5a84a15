import { describe, expect, test } from "vitest";
import { readTable, wordsIn } from "./support/markdown-table.ts";
import { findCycle, importedBy, unusedIn } from "./support/rooms.ts";

describe("reading imports", () => {
  test.each([
    ['import { a } from "./a.ts";', ["./a.ts"]],
    ['import type {\n  A,\n} from "../a.ts";\nimport b from "b";', ["../a.ts", "b"]],
    ['import "./effect.ts";', ["./effect.ts"]],
    ['export { a } from "./a.ts";', ["./a.ts"]],
    ['const { a } = await import("./lazy.ts");', ["./lazy.ts"]],
    ['let a: import("./types.ts").A;', ["./types.ts"]],
    ['export const text = "taken from "; const other = "a";', []],
  ])("%j", (source, expected) => {
    expect(importedBy(source)).toEqual(expected);
  });
});

describe("cycles", () => {
  const arrows = (text: string) =>
    text.split(" ").map((arrow) => {
      const [from = "", to = ""] = arrow.split(">");
      return { from, to };
    });

  test.each([
    ["a>b b>a", ["a", "b", "a"]],
    ["a>b b>c c>b", ["b", "c", "b"]],
    ["a>b a>c b>d c>d", undefined],
    ["x>y a>b b>c c>d d>b", ["b", "c", "d", "b"]],
  ])("%s", (text, expected) => {
    expect(findCycle(arrows(text))).toEqual(expected);
  });
});

test("what nobody uses is named", () => {
  const rows = [
    { room: "every room", mayImport: ["errors", "mask"] },
    { room: "cli", mayImport: ["run", "stage"] },
    { room: "run", mayImport: [] },
    { room: "attic", mayImport: ["run"] },
  ];
  const used = [
    { from: "cli", to: "run" },
    { from: "run", to: "errors" },
  ];
  expect(unusedIn(rows, used)).toEqual([
    "every room does not import mask",
    "cli does not import stage",
    "attic does not import run",
    "nobody imports attic",
  ]);
});

test("a table is read from its page", () => {
  const page =
    "# A\n\n| other | b |\n|--|--|\n| 1 | 2 |\n\n| room | x |\n|--|--|\n| `a` | `b` `c/*` |\n| d | |\n\nend";
  expect(readTable(page, "room")).toEqual([
    ["`a`", "`b` `c/*`"],
    ["d", ""],
  ]);
  expect(wordsIn("`b` and `c/*`")).toEqual(["b", "c/*"]);
  expect(() => readTable(page, "events")).toThrow("no table");
});
