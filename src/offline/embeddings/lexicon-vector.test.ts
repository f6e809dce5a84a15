import { describe, expect, test } from "vitest";
import { stemOf } from "../../language/stems.ts";
import { wordsOf } from "../../language/words.ts";
import { conceptsIn, lexicon } from "./concepts.ts";
import { lexiconVector } from "./lexicon-vector.ts";

const near = (a: string, b: string) => {
  const other = lexiconVector(b);
  return lexiconVector(a).reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
};

describe("a vector", () => {
  test.each([
    "When does the bakery open?",
    "the",
    "???",
    " ",
    "\u0000",
    "🙂🙂",
    "昨日の会議は三時からです",
    "кофе с молоком",
    "a".repeat(20_000),
    "# Heading\n\nText",
    "constructor __proto__ toString",
  ])("of %j has 384 numbers and length 1, and is always the same", (text) => {
    const vector = lexiconVector(text);
    expect(vector).toHaveLength(384);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect([...lexiconVector(text)]).toEqual([...vector]);
  });

  test.each([16, 64, 287, 288, 289, 1536, 4096])("may have %s dimensions", (dimensions) => {
    const vector = lexiconVector("A puncture of the rear tyre", dimensions);
    expect(vector).toHaveLength(dimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  test("of other words for the same is near, of a misspelt word too", () => {
    expect(near("The physician prescribed pills", "My doctor gave me tablets")).toBeGreaterThan(
      near("The physician prescribed pills", "The train leaves from platform two") + 0.1,
    );
    expect(near("puncture", "punctuer")).toBeGreaterThan(near("puncture", "lasagne") + 0.05);
    expect(near("colour of the café", "color of the cafe")).toBeGreaterThan(0.8);
  });

  test("of unrelated texts is far", () => {
    expect(near("Bread rolls on Sunday", "Adjust the brake cable")).toBeLessThan(0.2);
  });
});

describe("the lexicon", () => {
  test("has at least 150 concepts, each named once within its part and with several words", () => {
    expect(lexicon().names.length).toBeGreaterThanOrEqual(150);
    for (const names of [
      lexicon().names.slice(0, lexicon().ofField),
      lexicon().names.slice(lexicon().ofField),
    ])
      expect(new Set(names).size).toBe(names.length);
    const words = new Map<number, number>();
    for (const concepts of lexicon().byPhrase.values())
      for (const concept of concepts) words.set(concept, (words.get(concept) ?? 0) + 1);
    expect(lexicon().names.filter((_, at) => (words.get(at) ?? 0) < 3)).toEqual([]);
  });

  test("finds a phrase as well as its words, and a phrase more surely", () => {
    const found = new Map<string, number>();
    conceptsIn(wordsOf("the context windows").map(stemOf), lexicon(), (concept, strength) => {
      const name = lexicon().names[concept] ?? "";
      found.set(name, Math.max(found.get(name) ?? 0, strength));
    });
    expect(found.get("window")).toBeGreaterThan(1);
  });
});
