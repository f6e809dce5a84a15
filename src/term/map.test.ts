import { describe, expect, test } from "vitest";
import { map, type Place } from "./map.ts";
import { scatter } from "./scatter.ts";
import { createStyle } from "./style.ts";
import { table } from "./table.ts";
import { widthOf } from "./text.ts";

const plain = createStyle(0);
const place = (label: string, x: number, y: number, group = ""): Place => ({ label, group, x, y });

/** Places as they fall: many, and some on top of each other. */
const crowd = Array.from({ length: 60 }, (_, n) =>
  place(`passage-${n}`, Math.sin(n * 1.3) * (n % 5), Math.cos(n * 0.7) * (n % 3), `g${n % 3}`),
);

test("a map shows each point with its label, and groups by their glyphs", () => {
  const places = [place("cat", 0, 1, "animals"), place("dog", 1, 1, "animals")];
  const lines = map([...places, place("car", 4, -1, "things")], 40, plain);
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "● cat    ● dog








                                     car ▲

    ● animals   ▲ things"
  `);
});

describe.each([100, 80, 40, 24])("at %i columns", (width) => {
  test("every point of a crowd is there, and no line is wider", () => {
    const lines = map(crowd, width, plain);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    const text = lines.join("\n");
    for (const { label } of crowd) expect(text).toContain(label);
  });

  test("odd maps are no accident", () => {
    expect(map([], width, plain)).toEqual(["(nothing to show)"]);
    expect(map([place("one", 7, 7)], width, plain)).toEqual(["● one"]);
    const same = Array.from({ length: 9 }, (_, n) => place(`p${n}`, 1, 1));
    expect(map(same, width, plain).join("\n").match(/●/g)?.length).toBeGreaterThanOrEqual(9);
    expect(map([place("nan", Number.NaN, 0), place("x", 0, 0)], width, plain)).toEqual(["● x"]);
    const wide = map([place("日本語", 0, 0), place("é", 1, 0)], width, plain);
    expect(wide.join("\n")).toContain("1 日本語");
  });

  test("a plot of one measure against another fits", () => {
    const points = [52, 71, 88, 96, 99];
    const xs = [0.4, 0.5, 0.9, 1.7, 3.2];
    const labels = xs.map((_, n) => `${2 ** n}`);
    const axes = { x: "milliseconds, median", y: "recall, %" };
    const lines = scatter(
      [{ name: "ivf-flat, by nprobes", points, xs, labels }],
      axes,
      width,
      plain,
    );
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    expect(lines.join("\n").match(/●/g)).toHaveLength(points.length + 1);
    if (width === 40)
      expect(lines.join("\n")).toMatchInlineSnapshot(`
      "recall, %
      99 ┤                   ● 8          16 ●
         │          ● 4
         │
         │     ● 2
         │
         │
      50 ┤    ● 1
         │
         │
         │
         │
         │
       0 ┤
         └────────────────────────────────────
          0       milliseconds, median     3.2
        ● ivf-flat, by nprobes"
    `);
    expect(scatter([], axes, width, plain)).toEqual(["(nothing to plot)"]);
  });
});

test("a table that is too wide lists its cells", () => {
  const lines = table(
    ["question", "nearest", "similarity"],
    [["How long do I boil an egg?", "byte-pair-encoding", "0.26"]],
    26,
    String,
  );
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "question    How long do I
                boil an egg?
    nearest     byte-pair-enco
                ding
    similarity  0.26"
  `);
});
