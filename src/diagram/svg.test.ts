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
