import { describe, expect, test } from "vitest";
import { playSection } from "../../test/support/predictions.ts";
import lesson from "./lesson.ts";

describe("regressions", () => {
  test.each([1, 2, 3])(
    "%i questions: the replay calls nobody",
    async (questions) => {
      const { recorded, drifted } = await playSection(lesson, "regressions", {
        questions,
      });
      expect(recorded?.sent.length).toBe(questions);
      expect(recorded?.verdict).toBe("0");
      expect(drifted?.sent.length).toBe(questions);
      expect(drifted?.verdict).toBe("no");
      const [table] = drifted!.events.filter(
        (event) => event.type === "table-shown",
      );
      expect(table?.rows).toEqual([["0", String(questions)]]);
    },
  );

  test.each([
    ["a lost line", 3],
    ["a lost word", 2],
    ["swapped lines", 2],
    ["a space at an end", 1],
    ["none", 0],
  ])("%s: the tape names line %i", async (accident, line) => {
    const { changed } = await playSection(lesson, "regressions", {
      accident,
    });
    const shown = changed!.events.find(
      (event) => event.type === "value-shown",
    );
    expect(changed?.verdict).toBe(line === 0 ? "no" : "yes");
    const says =
      line === 0
        ? /^It passes\.$/
        : new RegExp(`another prompt here: line ${line} is "`);
    expect(shown?.value).toMatch(says);
    expect(shown?.value).not.toContain("llm-lab-step");
    const told = changed!.events.find((event) => event.type === "facts-told");
    expect(told?.facts).toEqual({ failed: line > 0, line });
  });
});

describe("without-key", () => {
  test.each(["fakeModel", "FakeListChatModel", "FakeStreamingChatModel"])(
    "with %s in the table: each finds what it can see",
    async (fake) => {
      const { fakes, bugs } = await playSection(lesson, "without-key", {
        fake,
      });
      expect([fakes?.verdict, fakes?.sent.length]).toEqual(["0", 0]);
      const [said] = fakes!.events.filter(
        (event) => event.type === "table-shown",
      );
      expect(said?.rows.at(-1)?.[1]).toMatch(
        /^400 .*role 'tool' must be a response/,
      );

      const [table] = bugs!.events.filter(
        (event) => event.type === "table-shown",
      );
      expect(table?.columns).toEqual([
        "bug",
        "fake",
        "strict",
        "tape",
        "model",
      ]);
      expect(table?.rows).toEqual([
        ["none", "no", "no", "no", "no"],
        ["wrong variable", "no", "no", "found", "no"],
        ["lost call", "no", "found", "found", "found"],
        ["wrong schema", "no", "found", "found", "found"],
        ["cut reply", "no", "found", "found", "found"],
        ["other model", "no", "no", "no", "found"],
      ]);
      expect(bugs?.verdict).toBe("0");
      // The recording, and each bug but none once more.
      expect(bugs?.sent.length).toBe(7);
    },
  );
});
