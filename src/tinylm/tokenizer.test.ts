import { describe, expect, test } from "vitest";
import { Tokenizer, trainTokenizer } from "./tokenizer.ts";
import { Vocabulary } from "./vocabulary.ts";

const texts = ["the cat sat on the mat", "the rat ate the cat's hat\nand left"];
const tokenizer = trainTokenizer(texts, 130);

describe("the tokenizer", () => {
  test.each([...texts, "", "  two  spaces ", "a\n\nb", "Zebra, quietly! 12345", "x".repeat(500)])(
    "%j comes back as it went in",
    (text) => {
      const ids = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(text);
      expect(tokenizer.split(ids).join("")).toBe(text);
      expect(Math.max(0, ...ids)).toBeLessThan(tokenizer.size);
    },
  );

  test("knows the bytes of its text, and only marks others", () => {
    const emoji = trainTokenizer(["🙂🙂🙃 good"], 120);
    expect(emoji.decode(emoji.encode("🙃🙂"))).toBe("🙃🙂");
    expect(tokenizer.decode(tokenizer.encode("a🙂b"))).toMatch(/^a.*b$/);
    expect(tokenizer.encode("🙂").every((id) => id === 3)).toBe(true);
  });

  test("special tokens are no text, and text is never a special token", () => {
    const ids = tokenizer.encode("<|end|><|user|>");
    expect(ids.some((id) => id < 3)).toBe(false);
    expect(tokenizer.decode([0, ...ids, 1, 2])).toBe("<|end|><|user|>");
    expect(tokenizer.name(0)).toBe("<|end|>");
  });

  test("joins the most frequent pair first, and a frequent word becomes one token", () => {
    const { merges } = tokenizer.vocabulary;
    const [left, right] = merges[0] ?? [0, 0];
    expect(tokenizer.name(left) + tokenizer.name(right)).toBe("at");
    expect(tokenizer.encode(" the")).toHaveLength(1);
    expect(tokenizer.encode(" zzz").length).toBeGreaterThan(2);
  });

  test("is the same again from its alphabet and merges", () => {
    const { alphabet, merges } = tokenizer.vocabulary;
    const again = new Tokenizer(new Vocabulary(alphabet, merges));
    expect(again.encode(texts.join(""))).toEqual(tokenizer.encode(texts.join("")));
    expect(trainTokenizer(texts, 130).vocabulary.merges).toEqual(merges);
  });
});
