import { describe, expect, test } from "vitest";
import { junitFaults } from "../../test/support/junit.ts";
import type { SectionReport } from "./orders.ts";
import { endLines, reportGithub, reportJson, reportJunit, sectionLine } from "./reports.ts";

const file = "lessons/memory/window.ts";
const report: SectionReport = {
  section: "memory/window",
  file,
  ms: 1234,
  outcomes: [
    { step: "memory/window/forgets", claim: "the name is forgotten", file, line: 98 },
    {
      step: "memory/window/zero",
      claim: "a window of 0, sends: all",
      file,
      line: 110,
      instead: 'It is "50 %"\nof <all> & \u001b[31mmore\u0000\ud800.',
    },
  ],
  stops: [{ step: "memory/window/stored", file, line: 50, says: "TypeError: no such method" }],
  left: 0,
};
const whole = { ...report, outcomes: report.outcomes.slice(0, 1), stops: [] };

describe("a report of verify", () => {
  test("says of each section in a line what became of it", () => {
    expect(sectionLine(whole)).toBe("memory/window                1 outcome kept     1.2 s");
    expect(sectionLine(report)).toBe("memory/window                2 faults           1.2 s");
  });

  test("ends with each fault at its place, and the sum", () => {
    expect(endLines([whole], 1234)).toEqual(["", "1 outcome kept, of 1 section, in 1.2 s."]);
    expect(endLines([{ ...whole, left: 2 }], 1).at(-1)).toMatch(
      /ms\. --full plays 2 slow steps more\.$/,
    );
    expect(endLines([report], 1234).join("\n")).toBe(`
lessons/memory/window.ts:50
  stored: it comes to its end
  TypeError: no such method

lessons/memory/window.ts:110
  zero: a window of 0, sends: all
  It is "50 %"
of <all> & more\ud800.

1 of 2 outcomes kept, of 1 section, in 1.2 s.`);
  });

  test("names one fault where a step stopped, not of each outcome that it did not show", () => {
    const step = "memory/window/stored";
    const outcome = { step, claim: "all is stored", file, line: 120, instead: "It stopped." };
    const lines = endLines([{ ...report, outcomes: [outcome] }], 1);
    expect(lines.filter((line) => line.startsWith(file))).toEqual([`${file}:50`]);
  });

  test("is JUnit's XML as its schema says, whatever a fault says", async () => {
    for (const reports of [[], [whole], [report, whole]])
      expect(await junitFaults(reportJunit(reports))).toEqual([]);
    const xml = reportJunit([report]);
    expect(xml).toContain('<testsuites tests="3" failures="1" errors="1">');
    expect(xml).toContain(
      '<testcase classname="memory.window" name="forgets: the name is forgotten"/>',
    );
    expect(xml).toContain(">lessons/memory/window.ts:110</failure>");
    expect(xml).toContain(">lessons/memory/window.ts:50</error>");
  });

  test("annotates the line of each fault for GitHub, which reads a command a line", () => {
    expect(reportGithub([report], 1234).split("\n")).toEqual([
      `::error file=${file},line=50,title=stored%3A it comes to its end::TypeError: no such method`,
      `::error file=${file},line=110,title=zero%3A a window of 0%2C sends%3A all::It is "50 %25"%0Aof <all> & more\ud800.`,
      "1 of 2 outcomes kept, of 1 section, in 1.2 s.",
      "",
    ]);
  });

  test("is told to programs in full", () => {
    expect(reportJson([report], 1234.5)).toMatchObject({
      isKept: false,
      outcomes: 2,
      broken: 1,
      sections: [{ section: "memory/window", stops: [{ line: 50 }] }],
    });
    expect(reportJson([whole], 1)).toMatchObject({ isKept: true });
  });
});
