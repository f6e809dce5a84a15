import { describe, expect, test } from "vitest";
import { faultsOf, readPage } from "../../test/support/page.ts";
import { call, html, markdown, reportIn, step } from "../../test/support/reported.ts";
import type { LabEvent } from "../trace/events.ts";

const begun: LabEvent[] = [
  { type: "lesson-start", lesson: "memory", title: "Memory", sections: ["buffer"] },
  { type: "section-start", section: "memory/buffer", title: "A buffer", prose: "", params: [] },
];

/** What a reader sees of a run; it is a sound page. */
function readerOf(...events: LabEvent[]) {
  const page = readPage(html(...events));
  expect(faultsOf(page)).toEqual([]);
  return page;
}

const training = (values: (number | null)[], done = values.length): LabEvent[] => [
  { type: "work-start", work: "pre-training", title: "t", of: 9, unit: "steps", curve: "loss" },
  ...values.map(
    (value, at) =>
      ({ type: "work-step", work: "pre-training", done: at + 1, of: 9, value }) as LabEvent,
  ),
  {
    type: "work-end",
    work: "pre-training",
    outcome: "done",
    done,
    ms: 5,
    values,
  } as LabEvent,
];

describe("a run with nothing in it", () => {
  test("nobody called a model: the page has the step, and no empty tables or plots", () => {
    const page = readerOf(...begun, step("memory/buffer/look"));
    expect(page.textOf("main")).toContain("Step 1 of 1 · The step memory/buffer/look");
    expect(page.textOf("main")).not.toMatch(/call|Tokens|NaN|How to read/);
    expect(page.elements.filter(({ tagName }) => ["table", "svg"].includes(tagName))).toEqual([]);
  });

  test("an empty prompt and an empty reply are shown as such", () => {
    const page = readerOf(...begun, step("memory/buffer/look"), ...call(1, "", ""));
    expect(page.textOf("main")).toContain("reply 1(nothing)");
    expect(page.textOf("main")).not.toMatch(/undefined|null/);
    expect(page.textOf("summary")).toMatch(/call 1.* \(nothing\) → \(nothing\)/);
    expect(markdown(...begun, ...call(1, "", ""))).toContain("(nothing)");
  });

  test("empty names, columns and bars are shown as such", () => {
    const page = readerOf(
      { type: "table-shown", title: "", columns: ["", ""], rows: [["", ""]] },
      { type: "table-shown", title: "none", columns: ["a"], rows: [] },
      { type: "bars-shown", title: "", bars: [{ label: "", value: 0 }] },
      { type: "tokens-shown", pieces: [] },
      { type: "map-shown", title: "", kept: 0, points: [] },
      {
        type: "chart-shown",
        title: "",
        xLabel: "",
        yLabel: "",
        series: [{ name: "", points: [] }],
      },
      { type: "chain-drawn", title: "", diagram: { nodes: [], edges: [] } },
    );
    expect(page.textOf("main")).not.toMatch(/NaN|Infinity|undefined/);
    const numbers = page.elements.flatMap(({ attrs }) => attrs.map(({ value }) => value)).join(" ");
    expect(numbers).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test("a training whose losses are all NaN says so, and has no curve", () => {
  const page = readerOf(...training([null, null, null]));
  expect(page.textOf("main")).toMatch(/loss was never a number/);
  expect(page.elements.filter(({ tagName }) => tagName === "svg")).toEqual([]);
  const some = readerOf(...training([4, null, 2]));
  expect(some.textOf("main")).toMatch(/loss 4\S* → 2/);
});

describe("long runs", () => {
  test("a prompt of 300 kB has its beginning and its end, and the page says what is left out", () => {
    const prompt = `You are first. ${"Some of a contract. ".repeat(15_000)}And this is last?`;
    for (const format of ["html", "markdown"] as const) {
      const text = reportIn(
        format,
        ...begun,
        step("memory/buffer/look"),
        ...call(1, prompt, "Yes."),
      );
      expect(Buffer.byteLength(text)).toBeLessThan(100_000);
      expect(text).toContain("You are first.");
      expect(text).toContain("And this is last?");
      expect(text).toMatch(/… 28\d,\d{3} characters are left out …/);
    }
  });

  test("of 2,000 calls each has its bar, its line and its fold, or the page says what is left out", () => {
    const calls = Array.from({ length: 2000 }, (_, at) => call(at + 1, `Question ${at}`, "Yes."));
    const page = readerOf(...begun, step("memory/buffer/look"), ...calls.flat());
    const folds = page.elements.filter((one) => /^call-\d+$/.test(page.attribute(one, "id") ?? ""));
    const [, left = "0"] = /… ([\d,]+) pieces are left out …/.exec(page.textOf("main")) ?? [];
    expect(folds.length + Number(left.replace(",", ""))).toBe(2000);
    expect(page.textOf("summary")).toContain("Question 1999");
    expect(page.textOf("main")).toContain("2,000");
  });
});

describe("texts of other scripts", () => {
  const chinese = "请用一句话总结下面的评论并翻译成英文然后写一封礼貌的回信给这位顾客感谢他的意见";
  const family = "👩‍👩‍👧‍👦";

  test("are whole, where they are asked, answered and named", () => {
    const page = readerOf(...begun, step("memory/buffer/look"), ...call(1, chinese, family));
    expect(page.textOf("main").split(chinese).length).toBeGreaterThan(1);
    expect(page.textOf("summary")).toContain(family);
  });

  test("no sign is cut in two where a text is too long for its place", () => {
    const text = html(...call(1, family.repeat(300), family.repeat(30_000)));
    const left = readPage(text).textOf("main").replaceAll(family, "");
    expect(left).toContain("characters are left out");
    expect(left).not.toMatch(/[👩👧👦\u200D]/u);
  });

  test("are whole in the boxes of a diagram, and their boxes are wide enough", () => {
    const page = readerOf({
      type: "chain-drawn",
      title: "链",
      diagram: {
        nodes: [{ id: "a", kind: "link", title: "LLMChain", detail: chinese }],
        edges: [],
      },
    });
    const box = page.elements.find(({ tagName }) => tagName === "rect");
    const lines = page.elements.filter(({ tagName }) => tagName === "text");
    const said = lines
      .slice(1)
      .map((one) => one.childNodes.map((node) => "value" in node && node.value).join(""));
    expect(said.join("")).toBe(chinese);
    // A sign of the font is 12 pixels wide, a letter 7.3.
    const widest = Math.max(...said.map((line) => [...line].length * 12));
    expect(Number(box && page.attribute(box, "width"))).toBeGreaterThan(widest);
  });
});

test("a map without room for all names says how many it lacks, and its table has them", () => {
  const points = Array.from({ length: 120 }, (_, at) => {
    return { label: `passage ${at}`, group: "", x: at % 8, y: Math.floor(at / 8) };
  });
  const page = readerOf({ type: "map-shown", title: "Passages", kept: 0.5, points });
  const words = page.textOf("text").split("\n");
  const named = points.filter(({ label }) => words.includes(label)).length;
  expect(named).toBeGreaterThan(0);
  expect(named).toBeLessThan(119);
  expect(words).toContain(`no room for ${120 - named} names`);
  for (const { label } of points) expect(page.textOf("table")).toContain(label);
});
