import { expect, test } from "vitest";
import { diagramSvg } from "./svg.ts";

const SENTENCE =
  "You are a very smart professor of physics who answers in a concise and easy manner, and when you don't know the answer to a question you admit that you don't know it.";

test("a text that does not fit a box or an arrow is cut after a whole word", () => {
  for (let from = 0; from < 60; from++) {
    const words = `${SENTENCE.slice(from)} ${SENTENCE}`.trim();
    const svg = diagramSvg(
      {
        nodes: [
          { id: "a", kind: "input", title: "input", detail: "" },
          { id: "b", kind: "link", title: "LLMChain", detail: words },
        ],
        edges: [{ from: "a", to: "b", label: "input", value: words }],
      },
      "A chain",
    );
    const cut = [...svg.matchAll(/>([^<>]*) …</g)].map(([, line = ""]) => line);
    expect(cut).toHaveLength(2);
    for (const line of cut) expect(`${words} `).toContain(`${line} `);
  }
});

test("an arrow from a box to itself leaves it and comes back, within the picture", () => {
  const node = { id: "a", kind: "node", title: "write", detail: "" } as const;
  const svg = diagramSvg(
    { nodes: [node], edges: [{ from: "a", to: "a", label: "", value: null }] },
    "A loop",
  );
  const [, width] = /viewBox="0 0 (\d+)/.exec(svg) ?? [];
  const [, left, boxWidth] = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg) ?? [];
  const [, path = ""] = /<path d="(M[^"]+)" fill="none"/.exec(svg) ?? [];
  const xs = [...path.matchAll(/([\d.]+) [\d.]+/g)].map(([, x]) => Number(x));
  const side = Number(left) + Number(boxWidth);
  expect(xs.at(0)).toBeCloseTo(side, 0);
  expect(xs.at(-1)).toBeCloseTo(side, 0);
  expect(Math.max(...xs)).toBeGreaterThan(side + 10);
  expect(Math.max(...xs)).toBeLessThan(Number(width));
});
