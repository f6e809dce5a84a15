import { describe, expect, test } from "vitest";
import { chart } from "./chart.ts";
import { createStyle } from "./style.ts";

const style = createStyle(0);
const axes = { x: "turn", y: "tokens" };
const alike = ["buffer", "window", "token", "summary"].map((name) => ({
  name,
  points: [1, 2, 3, 3, 3, 3].map((value) => value * 50),
}));

/** The glyphs that stand above each tick, from the left. */
function glyphsIn(lines: string[]) {
  const body = lines.filter((line) => /[┤│]/.test(line)).join("");
  return [...body].filter((letter) => /[●▲■◆✗]/.test(letter));
}

describe("series that fall together", () => {
  test("stand side by side, so that each is seen at each turn", () => {
    const seen = glyphsIn(chart(alike, axes, 78, style));
    expect(seen).toHaveLength(4 * 6);
    for (const glyph of "●▲■◆") expect(seen.filter((other) => other === glyph)).toHaveLength(6);
  });

  test("keep their marks", () => {
    const marked = alike.map((line, at) => ({
      ...line,
      marks: at < 2 ? [{ x: 4, label: "forgets" }] : [],
    }));
    expect(glyphsIn(chart(marked, axes, 78, style)).filter((glyph) => glyph === "✗")).toHaveLength(
      2,
    );
  });

  test.each([30, 40, 60, 100])("never make a line wider than %i columns", (width) => {
    const lines = chart(alike, axes, width, style);
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  test("show the later one where there is no room for all", () => {
    const long = alike.map((line) => ({ ...line, points: Array(70).fill(100) }));
    expect(new Set(glyphsIn(chart(long, axes, 78, style)))).toEqual(new Set(["◆"]));
  });
});
