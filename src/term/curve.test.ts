import { describe, expect, test } from "vitest";
import { bar, progressBar } from "./bar.ts";
import { curve, figure } from "./curve.ts";
import { createStyle } from "./style.ts";
import { widthOf } from "./text.ts";

const style = createStyle(0);
const draw = (ys: number[], { width = 76, rows = 7, to = ys.length } = {}) =>
  curve(
    ys.map((y, at) => ({ x: at + 1, y })),
    { width, rows, x: { to, name: "steps" }, style },
  );
const falling = Array.from({ length: 500 }, (_, at) => 1 + 6 * Math.exp(-at / 60));

describe("a curve", () => {
  test.each([20, 36, 76, 96])("of 500 points fits %i columns and falls", (width) => {
    const lines = draw(falling, { width });
    expect(lines).toHaveLength(9);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    const ends = lines.slice(0, 7).map((line) => line.search(/[\u2800-\u28ff] *$/));
    expect(ends.toSorted((a, b) => a - b)).toEqual(ends);
    expect(lines[0]).toMatch(/^ 7\.00 ┤/);
    expect(lines[6]).toMatch(/^ 1\.00 ┤/);
    expect(lines[8]).toMatch(/ 0 .*500 steps$/);
  });

  test("looks like this", () => {
    expect(
      draw([5, 3, 2, 1.5, 1.2, 1], { width: 36, rows: 5, to: 10 }).join("\n"),
    ).toMatchInlineSnapshot(`
      " 5.00 ┤   ⠱⡀
            │    ⠱⡀
       3.00 ┤     ⠱⢄
            │       ⠑⠢⣀⡀
       1.00 ┤          ⠈⠑⠒⠢⠤⠤⣀⡀
            └┬─────────────┬─────────────┬
             0             5      10 steps"
    `);
  });

  test("grows from the left while x goes on", () => {
    const half = draw(falling.slice(0, 250), { to: 500 });
    const widest = Math.max(...half.slice(0, 7).map(widthOf));
    expect(widest).toBeGreaterThan(38);
    expect(widest).toBeLessThan(48);
    expect(half.at(-1)).toMatch(/500 steps$/);
  });

  test.each([
    ["no points", []],
    ["one", [2]],
    ["two that are the same", [2, 2]],
    ["what is no number", [Number.NaN, 3, Number.POSITIVE_INFINITY, 2]],
    ["rewards on both sides of zero", [-0.5, 0.25, 0.75]],
    ["a hundred thousand", Array.from({ length: 100_000 }, (_, at) => at)],
  ])("can be drawn of %s", (_, points) => {
    const lines = draw(points);
    expect(lines).toHaveLength(9);
    expect(lines.join("")).not.toMatch(/NaN|Infinity|undefined/);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(76);
  });

  test("a small range has the decimals that tell its values apart", () => {
    const labels = draw([0.6921, 0.6902, 0.6899])
      .slice(0, 7)
      .flatMap((line) => /^ *([\d.]+) ┤/.exec(line)?.[1] ?? []);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels[0]).toBe("0.69210");
    expect([figure(1234.5, 900), figure(-0.0001, 5), figure(Number.NaN, 1)]).toEqual([
      "1,235",
      "0.00",
      "–",
    ]);
  });
});

describe("a bar", () => {
  test("is exact to an eighth of a column, and shows what is not nothing", () => {
    const drawn = [0, 0.0001, 1 / 16, 0.5, 0.6, 1, 2, Number.NaN].map((share) => bar(share, 10));
    expect(drawn).toEqual(["", "▏", "▋", "█████", "██████", "██████████", "██████████", ""]);
  });

  test("of progress keeps its width", () => {
    const drawn = [-1, 0, 0.26, 0.5, 1, 2].map((share) => progressBar(share, 10).join(""));
    expect(drawn.map((line) => line.length)).toEqual([10, 10, 10, 10, 10, 10]);
    expect(drawn[2]).toBe("━━╸───────");
  });
});
