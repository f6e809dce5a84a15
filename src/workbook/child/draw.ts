import type { Draw } from "../check.ts";

const CONSONANTS = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"];
const VOWELS = ["a", "e", "i", "o", "u"];
const LETTERS = [..."ABCDEFGHJKLMNPQRSTUVWXYZ"];

/** Random values from a seed: the same seed gives the same values. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  // Mulberry32: small, and good enough for inputs of exercises.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const pick = <Value>(values: readonly Value[]) => values[integer(0, values.length - 1)] as Value;
  const some = <Value>(values: readonly Value[], count: number) => {
    const left = [...values];
    const taken: Value[] = [];
    while (taken.length < count && left.length > 0)
      taken.push(...left.splice(integer(0, left.length - 1), 1));
    return taken;
  };
  const syllable = () => pick(CONSONANTS) + pick(VOWELS);
  const word = () => `${syllable()}${syllable()}${syllable()}${pick(CONSONANTS)}`;
  const name = () => {
    const made = syllable() + syllable() + pick(CONSONANTS);
    return made.charAt(0).toUpperCase() + made.slice(1);
  };
  const code = () => `${pick(LETTERS)}${pick(LETTERS)}-${integer(1000, 9999)}`;
  return { integer, pick, some, word, name, code };
}
