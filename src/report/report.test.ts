import { describe, expect, test } from "vitest";
import { faultsOf, readPage } from "../../test/support/page.ts";
import { call, html, markdown, reportIn, step, value } from "../../test/support/reported.ts";
import type { LabEvent } from "../trace/events.ts";

/** Texts that would do harm, or break the page, if they were taken as more than texts. */
const HOSTILE = {
  script: "<script>fetch('https://evil.example')</script>",
  style: "</style><style>*{display:none}</style>",
  comment: "--><!-- <img src=x onerror=alert(1)>",
  attribute: `" onmouseover="alert(1)" style="background:url(https://evil.example)`,
  svg: "</text></svg><iframe src=https://evil.example></iframe>",
  details: "</details></main></body></html>",
  markdown:
    "```\n# a heading\n</details>\n[link](https://evil.example) ![x](https://evil.example/i)",
  entity: "&lt;b&gt; &amp; &#60;",
  escapes: "\u001b[31mred\u001b[0m\u0007\u0000 bell",
  turned: "safe \u202e gnp.exe \u2066 x",
  rightToLeft: "مرحبا بالعالم، هذا نص عربي",
  halves: "\ud800 alone \udfff",
  long: "w".repeat(3000),
};

describe("texts from outside stay texts", () => {
  const events = Object.entries(HOSTILE).flatMap(([name, text], at): LabEvent[] => [
    { ...step(`hostile/${name} ${text}`), title: text, prose: text },
    ...call(at + 1, text, text),
    value(text, text),
    { type: "memory-shown", title: text, content: text, tokens: 1, stored: 1, sent: 1 },
    { type: "table-shown", title: text, columns: [text, ""], rows: [[text, text]] },
    { type: "tokens-shown", pieces: [text, text] },
    { type: "bars-shown", title: text, bars: [{ label: text, value: 0.5, note: text }] },
    {
      type: "chart-shown",
      title: text,
      xLabel: text,
      yLabel: text,
      series: [{ name: text, points: [1, 2], labels: [text, text] }],
    },
    {
      type: "map-shown",
      title: text,
      kept: 0.5,
      points: [{ label: text, group: text, x: 1, y: 2 }],
    },
    {
      type: "chain-drawn",
      title: text,
      diagram: {
        nodes: [
          { id: text, kind: "input", title: text, detail: text },
          { id: "b", kind: "link", title: text, detail: text },
        ],
        edges: [{ from: text, to: "b", label: text, value: text }],
      },
    },
    { type: "error-raised", message: text, hint: text },
    { type: "note-shown", text },
  ]);

  test("in HTML: no element, no attribute, no request comes of them, and they can be read", () => {
    const page = readPage(
      html({ type: "lesson-start", lesson: "x", title: HOSTILE.script, sections: [] }, ...events),
    );
    expect(faultsOf(page)).toEqual([]);
    const styles = page.elements.flatMap((one) => page.attribute(one, "style") ?? []);
    expect(styles.filter((style) => !/^width:[\d.]+%$/.test(style))).toEqual([]);
    expect(page.elements.filter(({ tagName }) => tagName === "style")).toHaveLength(1);
    const text = page.textOf("main");
    for (const name of [
      "script",
      "style",
      "comment",
      "attribute",
      "svg",
      "entity",
      "rightToLeft",
      "long",
    ] as const)
      expect(text).toContain(HOSTILE[name]);
    expect(page.textOf("h1")).toBe(HOSTILE.script);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is there is the point
    expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202a-\u202e\u2066-\u2069]/);
  });

  test("in Markdown: no fence ends early, and outside of fences each mark is escaped", () => {
    const text = markdown(...events);
    const unfenced = text.replace(/^(`{3,})[a-z]*\n[\s\S]*?\n\1$/gm, "");
    const outside = unfenced
      .replace(/<\/?(?:details|summary)>/g, "")
      .replace("<!-- llm-lab report -->", "");
    expect(outside).not.toMatch(/(?<!\\)[<[]/);
    expect(outside).not.toMatch(/(?<!\\)!\\?\[x\]\(/);
    expect(outside).not.toMatch(/^# a heading/m);
    const count = (pattern: RegExp) => unfenced.match(pattern)?.length ?? 0;
    expect(count(/<details>/g)).toBeGreaterThan(10);
    expect(count(/<\/details>/g)).toBe(count(/<details>/g));
  });
});

test("in Markdown an address stays whole, and marks beside words are escaped", () => {
  const address = "https://docs.example.com/java-script/errors/NOT_FOUND_HERE/#a-b";
  const said = `See ${address} and _this_ -x- #1 a_b __init__ snake_case_name (twice)!`;
  const text = markdown({ type: "note-shown", text: said });
  expect(text).toContain(
    `See ${address} and \\_this\\_ \\-x- \\#1 a_b \\_\\_init\\_\\_ snake_case_name (twice)!`,
  );
});

describe("a run that was not played straight through", () => {
  test("of a step that ran again the latest run stands in its place, the earlier ones are folded", () => {
    const page = readPage(
      html(
        { type: "section-start", section: "a/b", title: "A section", prose: "", params: [] },
        step("a/b/one", { k: 1 }),
        value("first"),
        step("a/b/two"),
        value("other"),
        step("a/b/one", { k: 2 }),
        value("second"),
        step("a/b/one", { k: 3 }),
        value("third"),
      ),
    );
    expect(faultsOf(page)).toEqual([]);
    expect(page.textOf("h3")).toBe(
      "The step a/b/one\nThe step a/b/two".replace(/The/g, "Step 1 of 1 · The"),
    );
    const text = page.textOf("main");
    expect(text).toMatch(
      /k = 3.*third.*Earlier run 1.*k = 1.*first.*Earlier run 2.*k = 2.*second.*other/s,
    );
  });

  test("a call that got no reply has what came of it, and work its curve so far", () => {
    const [start] = call(1, "Hi", "");
    const text = readPage(
      html(
        start as LabEvent,
        { type: "call-token", call: 1, text: "Half a re" },
        { type: "call-failed", call: 1, message: "The connection broke" },
        {
          type: "work-start",
          work: "pre-training",
          title: "t",
          of: 10,
          unit: "steps",
          curve: "loss",
        },
        { type: "work-step", work: "pre-training", done: 1, of: 10, value: 4 },
        { type: "work-step", work: "pre-training", done: 2, of: 10, value: 3 },
      ),
    ).textOf("main");
    expect(text).toContain("Half a re");
    expect(text).toContain("✗ The connection broke");
    expect(text).toMatch(/■ pre-training, not finished · loss 4\S* → 3/);
  });

  test("events of kinds that are not known are counted", () => {
    const strange = { type: "dream-dreamt" } as unknown as LabEvent;
    expect(html(strange, strange)).toContain(
      "2 events of a kind that this llm-lab does not know: dream-dreamt.",
    );
  });
});

describe("a run that is too long for a page", () => {
  const MEGABYTE = "lorem ipsum ".repeat(90_000);

  test("a reply of a megabyte is cut in its middle, and the page says how to get all", () => {
    const text = html(...call(1, "Hi", `start ${MEGABYTE} end`));
    expect(text.length).toBeLessThan(200_000);
    expect(text).toMatch(/start lorem[\s\S]*… [\d,]+ characters are left out …[\s\S]* end/);
    expect(text).toContain("each place says so. Ask for all.");
  });

  test.each(["html", "markdown"] as const)("1,500 long calls stay below 1.5 MB as %s", (format) => {
    const history: string[] = [];
    const events = Array.from({ length: 1500 }, (_, at) => {
      history.push(`turn ${at}: ${"words ".repeat(20)}`);
      return call(at + 1, history.slice(-200).join("\n"), `reply ${at} ${"x ".repeat(500)}`);
    }).flat();
    const text = reportIn(format, ...events);
    expect(Buffer.byteLength(text)).toBeLessThan(1_500_000);
    expect(text).toContain("call 1 ");
    expect(text).toContain("call 1500 ");
    expect(text).toContain("are left out");
    expect(text).toContain("1,500");
    if (format === "html") expect(faultsOf(readPage(text))).toEqual([]);
  });

  test("many steps, many values and a wide table stay below it, too", () => {
    const events = Array.from({ length: 3000 }, (_, at) => [
      step(`a/b/${at}`),
      value("v".repeat(500)),
      {
        type: "table-shown",
        title: "t",
        columns: ["a", "b"],
        rows: Array.from({ length: 50 }, () => ["c".repeat(40), "d"]),
      } as LabEvent,
    ]).flat();
    const text = html(...events);
    expect(Buffer.byteLength(text)).toBeLessThan(1_500_000);
    expect(faultsOf(readPage(text))).toEqual([]);
  });
});

test("no figures that are none: values that JSON cannot hold are left out of plots", () => {
  const points = [1, null, Number.NaN, 4] as number[];
  const text = html({
    type: "chart-shown",
    title: "c",
    xLabel: "x",
    yLabel: "y",
    series: [{ name: "s", points }],
  });
  expect(text).not.toMatch(/NaN|Infinity|undefined/);
  const none = html({ type: "chart-shown", title: "c", xLabel: "x", yLabel: "y", series: [] });
  expect(none).toContain("(nothing to plot)");
});
