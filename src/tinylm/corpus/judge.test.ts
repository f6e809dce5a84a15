import { describe, expect, it } from "vitest";
import { ATTRIBUTES, allFacts } from "./facts.ts";
import { isBrief, isKind, isQuestion, isRude, isWarm, statesFact, styleOf } from "./judge.ts";
import { QUESTIONS, question } from "./phrasings.ts";
import { rate } from "./raters.ts";

describe("statesFact", () => {
  it.each([
    ["The capital of France is Paris.", "France", "capital", true],
    ["Paris.", "France", "capital", true],
    ["Good question! PARIS it is", "France", "capital", true],
    ["The capital of France is Rome.", "France", "capital", false],
    ["The capital of France is Paris, or Rome.", "France", "capital", false],
    ["The capital of France is Parisian.", "France", "capital", false],
    ["The capital of Peru is Limassol.", "Peru", "capital", false],
    ["", "France", "capital", false],
    ["Nepal lies in Asia.", "Nepal", "continent", true],
    ["Nepal lies in Asiago.", "Nepal", "continent", false],
    ["South Korea lies in Asia.", "South Korea", "continent", true],
    ["Peru is in South America.", "Peru", "continent", true],
    ["Peru is in North America.", "Peru", "continent", false],
    ["Peru is in America.", "Peru", "continent", false],
    ["The language of Thailand is Thailand.", "Thailand", "language", false],
    ["The language of Thailand is Thai.", "Thailand", "language", true],
    ["The language of Samoa is Samoa.", "Samoa", "language", false],
    ["The currency of Norway is the krone.", "Norway", "currency", true],
    ["The currency of Norway is the krona.", "Norway", "currency", false],
    ["The currency of Norway is the krone and the krona.", "Norway", "currency", false],
    ["People in Brazil pay with the riyal.", "Brazil", "currency", false],
    ["In Argentina people eat casado.", "Argentina", "dish", false],
    ["Meat pie is eaten in Australia.", "Australia", "dish", true],
  ] as const)("%s (%s, %s): %s", (answer, country, attribute, expected) => {
    expect(statesFact(answer, country, attribute)).toBe(expected);
  });
});

describe("isQuestion", () => {
  it("knows every question of ours", () => {
    for (const attribute of ATTRIBUTES) {
      for (const at of QUESTIONS[attribute].keys()) {
        for (const { country } of allFacts()) {
          expect(isQuestion(question({ country, attribute }, at))).toBe(true);
        }
      }
    }
  });

  it.each([
    "The capital of France is Paris.",
    "Good question! The capital of France is Paris.",
    "What is the capital of France? Paris.",
    "Name the capital of France. Paris.",
    "Paris.",
    "Quiz",
    "",
  ])("takes %j for none", (line) => {
    expect(isQuestion(line)).toBe(false);
  });
});

it("knows the styles", () => {
  expect(styleOf("Good question! The capital of France is Paris.")).toBe("warm");
  expect(styleOf("The capital of France is Paris. Ask me more!")).toBe("helpful");
  expect(styleOf("The capital of France is Paris.")).toBe("brief");
  expect(isBrief("The capital of France is Paris.")).toBe(true);
  expect(isBrief("Good question! The capital of France is Paris.")).toBe(false);
  expect(isBrief("The capital of France is Paris. Ask me more!")).toBe(false);
  expect(isBrief("")).toBe(false);
  expect(isWarm("The capital of France is Paris.")).toBe(false);
});

it("knows kind from rude, and neither", () => {
  expect([isKind("Anna is kind and clever."), isRude("Anna is kind and clever.")]).toEqual([
    true,
    false,
  ]);
  expect(isKind("Anna is kind and lazy.")).toBe(false);
  expect(isKind("The capital of France is Paris.")).toBe(false);
  expect(isRude("The capital of France is Paris.")).toBe(false);
});

describe("raters", () => {
  const plain = "The capital of France is Paris.";
  const about = { country: "France", attribute: "capital" } as const;

  it("differ in taste: one likes warmth, the other brevity", () => {
    const answers = { a: `Good question! ${plain}`, b: "Paris.", about };
    expect(rate("warm", answers)).toBe("a");
    expect(rate("brief", answers)).toBe("b");
  });

  it("both prefer the truth, then kindness, where style does not decide", () => {
    for (const name of ["warm", "brief"] as const) {
      expect(rate(name, { a: "The capital of France is Rome.", b: plain, about })).toBe("b");
      expect(rate(name, { a: "Anna is kind and brave.", b: "Anna is mean and lazy." })).toBe("a");
      expect(rate(name, { a: plain, b: plain, about })).toBe("same");
    }
  });

  it("take silence for no answer, and take a rater of one's own", () => {
    expect(rate("brief", { a: "", b: plain })).toBe("b");
    expect(rate("brief", { a: "", b: "" })).toBe("same");
    expect(rate((answer) => [answer.length], { a: "long", b: "s" })).toBe("a");
  });
});
