import { describe, expect, it } from "vitest";
import { ATTRIBUTES, type Attribute, allFacts, COUNTRIES, factValue, factValues } from "./facts.ts";
import { QUESTIONS, question, STATEMENTS, statement, statementStart } from "./phrasings.ts";

describe("the fact table", () => {
  it("has 48 countries with five facts each, and names none twice", () => {
    expect(COUNTRIES).toHaveLength(48);
    expect(allFacts()).toHaveLength(240);
    expect(new Set(COUNTRIES.map(({ name }) => name)).size).toBe(48);
  });

  it.each(["capital", "dish"] as Attribute[])("shares no %s between two countries", (attribute) => {
    expect(factValues(attribute)).toHaveLength(48);
  });

  it("spreads over six continents", () => {
    expect(factValues("continent").sort()).toEqual(
      ["Africa", "Asia", "Europe", "North America", "Oceania", "South America"].sort(),
    );
  });

  it("holds no name or value inside another of its kind, so that judging is safe", () => {
    const kinds = [COUNTRIES.map(({ name }) => name), ...ATTRIBUTES.map(factValues)];
    const inside = kinds.flatMap((all) =>
      all.flatMap((one) => all.filter((other) => other !== one && other.includes(one))),
    );
    expect(inside).toEqual([]);
  });

  it("is plain ASCII without commas", () => {
    for (const country of COUNTRIES)
      expect(Object.values(country).join("")).toMatch(/^[A-Za-z ]+$/);
  });

  it("refuses a country it does not know", () => {
    expect(() => factValue("Atlantis", "capital")).toThrow("Atlantis");
  });
});

describe("phrasings", () => {
  it.each(ATTRIBUTES)("states a %s and asks for it in six different ways", (attribute) => {
    for (const phrasings of [STATEMENTS[attribute], QUESTIONS[attribute]]) {
      expect(new Set(phrasings).size).toBe(6);
    }
    const about = { country: "Peru", attribute };
    const value = factValue("Peru", attribute).toLowerCase();
    const stated = STATEMENTS[attribute].map((_, at) => statement(about, at).toLowerCase());
    for (const text of stated) {
      expect(text).toContain(value);
      expect(text).toContain("peru");
    }
    const valueFirst = (text: string) => text.indexOf(value) < text.indexOf("peru");
    expect(stated.map(valueFirst).slice(0, 2)).toEqual([true, false]);
    expect(QUESTIONS[attribute].map((_, at) => question(about, at)).join("\n")).not.toContain("{");
  });

  it("gives the beginning of a statement to complete", () => {
    expect(statementStart({ country: "France", attribute: "capital" })).toBe(
      "The capital of France is",
    );
    expect(statementStart({ country: "France", attribute: "currency" })).toBe(
      "The currency of France is the",
    );
  });

  it("asks about countries that do not exist", () => {
    const question0 = question({ country: "Atlantis", attribute: "capital" }, 0);
    expect(question0).toBe("What is the capital of Atlantis?");
  });
});
