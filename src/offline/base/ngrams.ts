import { corpus } from "./corpus.ts";

/** How many tokens before it a token is predicted from, at the most. */
const ORDER = 6;

/** Text in pieces: words with the space before them, marks, and line ends. */
export function piecesOf(text: string): string[] {
  return text.match(/\n| ?[\p{L}\p{N}'’]+| ?[^\p{L}\p{N}\s]| +/gu) ?? [];
}

/** Counts of what follows each row of up to ORDER pieces. */
type Counts = Map<string, Map<string, number>>;

let learnt: Counts | undefined;

/** A base model of the oldest kind: it has counted what follows what in its corpus, and continues accordingly. */
function counts(): Counts {
  if (learnt) return learnt;
  learnt = new Map();
  const pieces = piecesOf(corpus());
  for (let at = 0; at < pieces.length; at++) {
    for (let order = 0; order <= Math.min(ORDER, at); order++) {
      const context = pieces.slice(at - order, at).join("\u0000");
      const following = learnt.get(context) ?? new Map<string, number>();
      const next = pieces[at] ?? "";
      following.set(next, (following.get(next) ?? 0) + 1);
      learnt.set(context, following);
    }
  }
  return learnt;
}

export interface SampleOptions {
  maxPieces: number;
  /** 0 takes the likeliest piece every time */
  temperature: number;
  seed: number;
}

/** The continuation of a text, piece by piece, from the longest context that the corpus has. */
export function continueText(
  prompt: string,
  { maxPieces, temperature, seed }: SampleOptions,
): string[] {
  const pieces = piecesOf(prompt.replace(/\s+$/, (end) => (end.includes("\n") ? "\n" : "")));
  const random = randomFrom(seed);
  const made: string[] = [];
  while (made.length < maxPieces) {
    const context = [...pieces, ...made].slice(-ORDER);
    made.push(choose(following(context), temperature, random));
  }
  return made;
}

function following(context: string[]): Map<string, number> {
  for (let from = 0; from <= context.length; from++) {
    const found = counts().get(context.slice(from).join("\u0000"));
    if (found) return found;
  }
  return new Map([["\n", 1]]);
}

function choose(
  candidates: Map<string, number>,
  temperature: number,
  random: () => number,
): string {
  const ranked = [...candidates].sort((a, b) => b[1] - a[1]);
  if (temperature === 0) return ranked[0]?.[0] ?? "\n";
  const weights = ranked.map(([, count]) => count ** (1 / temperature));
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return ranked[Math.max(0, at)]?.[0] ?? "\n";
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
