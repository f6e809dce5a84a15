import { describe, expect, test } from "vitest";
import { DIMENSIONS, embedText, embedTexts } from "./embed.ts";

const near = (a: string, b: string, dimensions = DIMENSIONS) => {
  const other = embedText(b, dimensions);
  return embedText(a, dimensions).reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
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
  ])("of %j has 896 numbers and length 1, and is always the same", async (text) => {
    const vector = embedText(text);
    expect(vector).toHaveLength(896);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(await embedTexts([text, "hello", text])).toEqual([vector, embedText("hello"), vector]);
  });

  test.each([16, 64, 256, 895, 896, 897, 1536, 4096])("may have %s dimensions", (dimensions) => {
    const vector = embedText("A puncture of the rear tyre", dimensions);
    expect(vector).toHaveLength(dimensions);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  });

  test.each([256, 896, 1536])("of %s numbers keeps what is near and what is far", (dimensions) => {
    const question = "How do I get my money back?";
    const same = near(question, "Refunds are paid within two weeks", dimensions);
    expect(same).toBeGreaterThan(near(question, "The train leaves at noon", dimensions) + 0.05);
  });

  test("of many long texts is made by other threads, and is the same", async () => {
    const texts = Array.from(
      { length: 40 },
      (_, at) => `Rule ${at}. ${"Sweep the yard. ".repeat(20)}`,
    );
    const many = await embedTexts(texts);
    expect(many[39]).toEqual(embedText(texts[39] ?? ""));
  });

  test("is not made for a request that nobody waits for any more", async () => {
    const texts = Array.from(
      { length: 40 },
      (_, at) => `Law ${at}. ${"Mow the lawn. ".repeat(20)}`,
    );
    await expect(embedTexts(texts, undefined, AbortSignal.abort("gone"))).rejects.toBe("gone");
  });
});

describe("two vectors are near", () => {
  test("for a paraphrase without a common word", () => {
    expect(near("How can I get a refund?", "I want my money back")).toBeGreaterThan(0.3);
  });

  test("for a name that both have, which learnt weights blur", () => {
    const wifi = near("Zweibrücken-4711", "The password is Zweibrücken-4711");
    expect(wifi).toBeGreaterThan(near("Zweibrücken-4711", "The password is Homburg-0815") + 0.1);
  });

  test("in other scripts only where words are the same", () => {
    expect(near("昨日の会議は三時からです", "東京の天気は晴れです")).toBeLessThan(0.3);
    expect(near("кофе с молоком", "чай с лимоном")).toBeLessThan(0.5);
  });

  test("and unrelated ones are not", () => {
    expect(near("Bread rolls on Sunday", "Adjust the brake cable")).toBeLessThan(0.2);
  });
});
