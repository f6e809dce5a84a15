import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Encoder } from "../../encoder/encoder.ts";
import { SHAPE } from "../../encoder/shape.ts";
import { EncoderTeam } from "../../encoder/team.ts";
import { packageFile } from "../../package-file.ts";
import { once } from "../once.ts";

/**
 * The encoder's vectors of texts that have a word, one each; a text that was encoded before in this
 * process, or that the build encoded, is not encoded again. Many at once go to other threads.
 */
export async function meaningsOf(
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const known = kept();
  const found = new Map(texts.map((text) => [text, known.get(keyOf(text))]));
  const missing = [...found].flatMap(([text, vector]) => (vector ? [] : [text]));
  const letters = missing.reduce((sum, { length }) => sum + length, 0);
  const made =
    letters > MANY_LETTERS ? await team().encode(missing, signal) : encoder().encode(missing);
  for (const [at, text] of missing.entries()) {
    const vector = made[at] as Float32Array;
    found.set(text, vector);
    keep(known, keyOf(text), vector);
  }
  return texts.map((text) => found.get(text) as Float32Array);
}

/** The same for one text, at once. */
export function meaningOf(text: string): Float32Array {
  const known = kept();
  const key = keyOf(text);
  const vector = known.get(key) ?? (encoder().encode([text])[0] as Float32Array);
  keep(known, key, vector);
  return vector;
}

/** The file that the build writes: for each text its key (16 bytes), then its vector. */
export function bakedFile(texts: readonly string[]): Uint8Array {
  const vectors = encoder().encode(texts);
  const records = texts.map((text, at) => {
    const values = vectors[at] as Float32Array;
    const numbers = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    return Buffer.concat([Buffer.from(keyOf(text), "latin1"), numbers]);
  });
  return Buffer.concat(records);
}

const encoder = once(() => Encoder.open());

const THREADS = Math.min(4, availableParallelism());
const team = once(() => new EncoderTeam(THREADS, packageFile("dist/encoder-worker.js")));

/** More letters take this thread longer than a tenth of a second. */
const MANY_LETTERS = 4_000;

/** Vectors of 2 kB each. */
const MOST_KEPT = 8_192;

type Kept = Map<string, Float32Array>;

/** What was encoded, by its key; at first what the build encoded. */
const kept = once((): Kept => {
  const known: Kept = new Map();
  const file = packageFile("dist/encoder/handbook.vectors");
  if (!existsSync(file)) return known;
  const bytes = readFileSync(file);
  // Views, not copies, as hardly one is wanted; they begin at a multiple of 4.
  const { buffer, byteOffset: start } = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const size = KEY_BYTES + 4 * SHAPE.vector;
  for (let from = 0; from + size <= bytes.length; from += size) {
    const key = bytes.toString("latin1", from, from + KEY_BYTES);
    known.set(key, new Float32Array(buffer, start + from + KEY_BYTES, SHAPE.vector));
  }
  return known;
});

function keep(known: Kept, key: string, vector: Float32Array): void {
  // What was used last stays longest.
  known.delete(key);
  known.set(key, vector);
  if (known.size > MOST_KEPT) known.delete(known.keys().next().value ?? "");
}

const KEY_BYTES = 16;

/** A character a byte. */
function keyOf(text: string): string {
  return createHash("sha256").update(text).digest().toString("latin1", 0, KEY_BYTES);
}
