import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { RunnableMap } from "@langchain/core/runnables";
import { ChatOpenAI } from "@langchain/openai";
import { expect, test } from "vitest";
import { describeChain } from "./describe.ts";
import { diagramSvg } from "./svg.ts";

const model = new ChatOpenAI({ model: "m", apiKey: "none" });
const link = (template: string) =>
  PromptTemplate.fromTemplate(template).pipe(model).pipe(new StringOutputParser());
const values = { product: "tea", output: "Tea & Co." };
const call = { prompt: "Name a maker of tea.", reply: "Tea & Co." };

test("around the one model of a pipe stand its prompt and its reply", () => {
  const { edges } = describeChain(link("Name a maker of {product}."), values, call);
  expect(edges.map(({ label, value }) => `${label}: ${value}`).toSorted()).toEqual([
    "message: Tea & Co.",
    "output: Tea & Co.",
    "product: tea",
    "prompt: Name a maker of tea.",
  ]);
});

test("where several models are called, no value is put on an arrow that it may not belong to", () => {
  const both = RunnableMap.from({ a: link("{product}?"), b: link("{product}!") });
  const { edges } = describeChain(both, values, call);
  expect(edges.every(({ value }) => value === null)).toBe(true);
});

test("in a picture the words of every arrow stand above all arrows, on a patch without a hole", () => {
  const svg = diagramSvg(describeChain(link("Name {product}."), values, call), "A chain");
  const lastArrow = svg.lastIndexOf("marker-end");
  const firstPatch = svg.indexOf('fill="#ffffff"');
  expect(lastArrow).toBeLessThan(firstPatch);
  expect(svg).not.toContain("fill-opacity");
});
