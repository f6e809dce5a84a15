import { describe, expect, test } from "vitest";
import { run } from "./support/program.ts";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

describe("help", () => {
  test.each(["40", "80"])(
    "explains a topic within %s columns, plain in a pipe",
    async (columns) => {
      const env = { COLUMNS: columns };
      const { code, stdout, stderr } = await run(["help", "context", "window"], { env });
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).not.toContain("\u001b");
      expect(widest(stdout)).toBeLessThanOrEqual(Number(columns));
      expect(stdout.replace(/\s+/g, " ")).toMatch(
        /^Context window from the chapter: What a language model is The context window is .*See also: lost-in-the-middle, /,
      );
    },
  );

  test("is coloured where colour is asked for, and says the same", async () => {
    const plain = await run(["help", "chunk-overlap"]);
    const coloured = await run(["help", "chunk-overlap"], {
      env: { FORCE_COLOR: "1" },
      // Chalk reads this variable when it is loaded.
      alone: true,
    });
    expect(coloured.stdout).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    expect(coloured.stdout.replace(/\u001b\[[\d;]*m/g, "")).toBe(plain.stdout);
  });

  test("searches where nothing has the name", async () => {
    const { code, stdout } = await run(["help", "how", "do", "I", "count", "tokens?"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nearest to "how do I count tokens\?" in the handbook:\n/);
    expect(stdout).toContain("\nCounting tokens\n");
    expect(stdout).toMatch(/Also near: \w/);
  });

  test("says so where the handbook has nothing, and what is near", async () => {
    const { code, stdout, stderr } = await run(["help", "banana"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^The handbook has nothing on "banana"\.\nThe nearest topics are \w/);
    expect((await run(["help", "lessn"])).stderr).toContain("Did you mean llm-lab help lesson?");
  });

  test("prints the help of a command, and the program's own with nothing", async () => {
    const lesson = await run(["help", "lesson"]);
    expect([lesson.code, lesson.stderr]).toEqual([0, ""]);
    expect(lesson.stdout).toBe((await run(["lesson", "--help"])).stdout);
    const whole = await run(["help"]);
    expect([whole.code, whole.stderr]).toEqual([0, ""]);
    expect(whole.stdout).toBe((await run(["--help"])).stdout);
    expect(whole.stdout).toContain("help [topic...]");
  });

  test("lists all topics by chapter", async () => {
    const { code, stdout } = await run(["help", "topics"], { env: { COLUMNS: "40" } });
    expect(code).toBe(0);
    expect(stdout).toContain("Choosing the next token\n");
    expect(stdout).toContain("temperature");
    expect(widest(stdout)).toBeLessThanOrEqual(40);
  });

  test("prints no escape codes of a topic that has some", async () => {
    const { stderr } = await run(["help", "\u001b[31mxyzzy\u0007"]);
    expect(stderr).toContain('nothing on "xyzzy"');
    expect(stderr).not.toContain("\u001b");
  });
});
