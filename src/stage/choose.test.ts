import { describe, expect, test } from "vitest";
import { createStyle } from "../term/style.ts";
import { type ChooseState, choose, chooseLines } from "./choose.ts";

/** What keys come to, in a list in which nothing is preselected. */
function press(choices: string[], ...keys: string[]): ChooseState {
  return keys.reduce((state, key) => choose(state, key, choices), { at: -1 } as ChooseState);
}

/** The last line on the screen after keys. */
const lastLineAfter = (...keys: string[]) =>
  chooseLines("Right?", YES_NO, press(YES_NO, ...keys), {
    width: 80,
    height: 24,
    style: createStyle(0),
  }).at(-1);

const YES_NO = ["yes", "no"];
const NUMBERS = ["5", "3", "1", "20"];
const PAIR = ["A", "B", "the same"];
const LONG = [
  "Memory: the whole lesson",
  ...Array.from({ length: 12 }, (_, at) => `  memory/${"abcdefghijkl"[at]}-section`),
  "Chains: the whole lesson",
  "Chat with BufferMemory",
];

describe("a short list", () => {
  test("Enter answers only where the cursor stands", () => {
    expect(press(YES_NO, "enter").chosen).toBeUndefined();
    expect(lastLineAfter("enter")).toMatch(/ {2}Choose first: ↑ ↓ and Enter, or a number/);
    expect(lastLineAfter("enter", "down")).not.toContain("Choose first");
    expect(press(YES_NO, "down", "enter").chosen).toBe("yes");
    expect(press(YES_NO, "up", "enter").chosen).toBe("no");
  });

  test("a digit is a place, but in a list of numbers it is the number", () => {
    expect(press(YES_NO, "2").chosen).toBe("no");
    expect(press(NUMBERS, "3").chosen).toBe("3");
    expect(press(NUMBERS, "2", "enter").chosen).toBe("20");
    expect(press(NUMBERS, "4").chosen).toBeUndefined();
    expect(press(["1", "several"], "2").chosen).toBeUndefined();
    expect(press(["1", "10"], "1", "enter").chosen).toBe("1");
    expect(press(["1", "10"], "1", "0", "enter").chosen).toBe("10");
  });

  test("a letter that is a choice takes it; a wrong key changes nothing", () => {
    expect(press(PAIR, "b").chosen).toBe("B");
    expect(press(PAIR, "A").chosen).toBe("A");
    expect(press(PAIR, "x", "down", "x", "enter").chosen).toBe("A");
    expect(press(YES_NO, "n").chosen).toBeUndefined();
    expect(press(YES_NO, "n", "enter").chosen).toBe("no");
  });

  test("Escape gives up, and so do q and s where no choice begins with them", () => {
    for (const key of ["escape", "ctrl-d", "q", "s"]) expect(press(YES_NO, key).chosen).toBeNull();
    for (const key of ["ctrl-d", "q"]) expect(press(YES_NO, key).quits).toBe(true);
    for (const key of ["escape", "s"]) expect(press(YES_NO, key).quits).toBeUndefined();
    expect(press(["a", "several"], "s", "enter").chosen).toBe("several");
  });
});

describe("a long list", () => {
  test("its numbers have as many digits as they need", () => {
    expect(press(LONG, "1", "4", "enter").chosen).toBe("Chains: the whole lesson");
    expect(press(LONG, "2", "enter").chosen).toBe(LONG[1]);
    expect(press(LONG, "9", "9", "enter").chosen).toBe(LONG[8]);
  });

  test("letters find an entry by the beginning of its text, or of a word in it", () => {
    expect(press(LONG, "c", "h", "a", "t", "enter").chosen).toBe("Chat with BufferMemory");
    expect(press(LONG, "g", "-", "enter").chosen).toBe("  memory/g-section");
  });

  test("Home, End, PgUp and PgDn move", () => {
    expect(press(LONG, "end", "enter").chosen).toBe(LONG.at(-1));
    expect(press(LONG, "end", "home", "enter").chosen).toBe(LONG[0]);
    expect(press(LONG, "home", "pagedown", "enter").chosen).toBe(LONG[10]);
    expect(press(LONG, "home", "pagedown", "pagedown", "pageup", "enter").chosen).toBe(LONG[4]);
  });
});

test("places stand beside texts, and not beside numbers", () => {
  const screen = { width: 80, height: 24, style: createStyle(0) };
  expect(chooseLines("Which?", YES_NO, { at: -1 }, screen)).toEqual([
    "",
    "? Which?",
    "  1 yes",
    "  2 no",
    "  ↑ ↓ and Enter, or a number · Esc skips · q quits",
  ]);
  expect(chooseLines("How many?", ["5", "3"], { at: 1 }, screen)).toEqual([
    "",
    "? How many?",
    "  5",
    "› 3",
    "  ↑ ↓ and Enter, or type the answer · Esc skips · q quits",
  ]);
});
