import { Document } from "@langchain/core/documents";

export const DIMENSION = 4;

/** Embeds a text as the numbers in it: "[1 0 0 0] red" points along the first axis. */
export const embeddings = {
  embedQuery: async (text: string) => vectorIn(text),
  embedDocuments: async (texts: string[]) => texts.map(vectorIn),
};

function vectorIn(text: string): number[] {
  const inside = /\[([^\]]*)\]/.exec(text)?.[1];
  return inside ? inside.split(" ").map(Number) : [1, 1, 1, 1];
}

/** Numbers that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function randomVectors(count: number, dimension: number, seed = 1): number[][] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: dimension }, () => random() - 0.5),
  );
}

export function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

export function documentsOf(metadatas: Record<string, unknown>[]): Document[] {
  return metadatas.map(
    (metadata, n) =>
      new Document({ id: `d${n}`, pageContent: `[1 ${n / 100} 0 0] text ${n}`, metadata }),
  );
}

/** Fields as they come, of every type, some missing. */
export const MIXED: Record<string, unknown>[] = [
  { tenant: "a", year: 2020, open: true, ratio: 0.1 },
  { tenant: "b", year: 2021, open: false, ratio: 0.1 + 0.2 },
  { tenant: "a", year: 2022, open: true, ratio: -1e-9 },
  { tenant: "B", year: 2023, note: null },
  { tenant: "", year: "2024", list: ["a", "b"], nested: { tenant: "a" } },
  { tenant: 2020, year: -5, ratio: 1e21 },
  {},
  { "tenant.a": "dot", year: 0, "nested.tenant": "a" },
];

export const HOSTILE = [
  "'",
  '"',
  "''",
  "\\",
  "\\'",
  "'; DROP TABLE documents; --",
  "' OR '1'='1",
  '" OR "1"="1',
  "$1",
  "$$",
  "%",
  "_",
  "?",
  "a.b",
  "a[0]",
  "a[]",
  '["a","b"]',
  "{}",
  "`x`",
  "--",
  "/* */",
  "\n",
  "\t\r",
  "\0",
  "a\0b",
  "\u0001\u001f\u007f",
  "\ud800",
  "\udc00\ud800",
  "\uE000",
  "\uE0000000",
  "ÄÖ é e\u0301",
  "日本語",
  "😀",
  "\u202e",
  "\ufeff",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "and",
  "or",
  "not",
  "key",
  "null",
  "",
  " ",
];
