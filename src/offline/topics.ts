import { closest } from "fastest-levenshtein";
import { handbook } from "../handbook/handbook.ts";
import { type Passage, wholeText } from "../handbook/passages.ts";
import { stemOf } from "../language/stems.ts";
import { isStopword, wordsOf } from "../language/words.ts";
import { fitOf } from "../search/fit.ts";
import { Keywords } from "../search/keywords.ts";
import { embedText } from "./embeddings/embed.ts";
import { questionVector } from "./embeddings/question.ts";
import { once } from "./once.ts";

/**
 * What the handbook has on a topic: a passage of that name or nearly, those that search finds, or
 * at most near ones.
 */
export interface Found {
  how: "named" | "misspelt" | "searched" | "unknown";
  /** the best first */
  passages: Passage[];
}

/**
 * How near a passage must be, or what share of the topic's words it must have. Of the open
 * questions about the handbook 78 of 106 are taken so, and of 70 questions about other things 2.
 */
const NEAR_ENOUGH = 0.3;
const ENOUGH_WORDS = 0.4;
/** How much of the topic and of the passage's name are one, which suffices too. */
const NAME_ENOUGH = 0.5;
/** How much a name that is like the topic counts beside nearness of meaning. */
const NAME_COUNTS = 0.2;

export function findTopic(topic: string, passages: Passage[] = shipped()): Found {
  const named = passageNamed(topic, passages);
  if (named) {
    const related = named.seeAlso.flatMap((id) => passages.filter((passage) => passage.id === id));
    return { how: "named", passages: [named, ...related] };
  }
  const misspelt = passageMisspelt(topic, passages);
  const ranked = rank(topic, passages);
  if (misspelt) {
    const others = ranked.filter((passage) => passage.passage !== misspelt);
    return { how: "misspelt", passages: [misspelt, ...others.map(({ passage }) => passage)] };
  }
  const literal = ranked.filter(({ passage }) => says(wholeText(passage), subjectOf(topic)));
  if (literal.length > 0) {
    const others = ranked.filter((one) => !literal.includes(one));
    return { how: "searched", passages: [...literal, ...others].map(({ passage }) => passage) };
  }
  const [best] = ranked;
  const isKnown =
    best !== undefined &&
    (best.nearness >= NEAR_ENOUGH || best.likeness >= NAME_ENOUGH || best.share >= ENOUGH_WORDS);
  return { how: isKnown ? "searched" : "unknown", passages: ranked.map(({ passage }) => passage) };
}

/** The passage of that name, however it is written. */
export function passageNamed(topic: string, passages: Passage[] = shipped()): Passage | undefined {
  const known = namesOf(passages);
  // Of "the" nothing is left, which is nobody's name.
  const [key] = [topic, subjectOf(topic)].map(keyOf).filter((one) => one !== "" && known.has(one));
  return key === undefined ? undefined : known.get(key);
}

/** What a question asks about: "a token" of "What is a token?". */
function subjectOf(topic: string): string {
  const [, subject = topic] =
    /^\s*(?:what(?:'s| is| are| does)|explain|define|tell me about)\s+(.+?)(?:\s+mean)?[\s?.!]*$/i.exec(
      topic,
    ) ?? [];
  return subject;
}

/** The names of passages, without what people write differently. */
function namesOf(passages: Passage[]): Map<string, Passage> {
  const known = names.get(passages);
  if (known) return known;
  const found = new Map<string, Passage>();
  for (const passage of passages)
    for (const name of [passage.id, passage.title].map(keyOf))
      if (!found.has(name)) found.set(name, passage);
  // A passage's own name goes before another's second name.
  for (const passage of passages)
    for (const name of passage.aliases.map(keyOf)) if (!found.has(name)) found.set(name, passage);
  names.set(passages, found);
  return found;
}

const names = new WeakMap<Passage[], Map<string, Passage>>();

/** All names of a passage, as keys. */
export const keysOf = ({ id, title, aliases }: Passage): Set<string> =>
  new Set([id, title, ...aliases].map(keyOf));

/**
 * A name without what people write differently: capitals, hyphens, articles, a plural, British
 * spelling.
 */
export function keyOf(name: string): string {
  return wordsOf(name.replaceAll("-", " "))
    .filter((word) => !["a", "an", "the"].includes(word))
    .map((word) => word.replace(/(?<=\w[^s])s$/, "").replace(/is(?=e|ing|ation)/, "iz"))
    .join(" ");
}

/** Whether a text has these very words, in this order; a single stop word says nothing. */
function says(text: string, words: string): boolean {
  const wanted = wordsOf(words);
  if (wanted.join("").length < 3 || wanted.every(isStopword)) return false;
  return ` ${wordsOf(text).join(" ")} `.includes(` ${wanted.join(" ")} `);
}

/** The passage whose name was meant, if all but a letter or two of it were typed. */
export function passageMisspelt(
  topic: string,
  passages: Passage[] = shipped(),
): Passage | undefined {
  const wanted = keyOf(topic);
  if (wanted.length < 6 || wanted.length > 60) return undefined;
  const known = namesOf(passages);
  const name = closest(wanted, [...known.keys()]);
  return isSlip(wanted, name) ? known.get(name) : undefined;
}

/**
 * Whether two words differ in one place only: a letter left out, put in, changed, or two swapped.
 */
export function isSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let [start, end] = [0, 0];
  const shorter = Math.min(typed.length, meant.length);
  while (start < shorter && typed[start] === meant[start]) start++;
  while (end < shorter - start && typed.at(-1 - end) === meant.at(-1 - end)) end++;
  const [rest, other] = [typed, meant].map((word) => word.slice(start, word.length - end));
  const isSwap = rest?.length === 2 && other === `${rest[1]}${rest[0]}`;
  return isSwap || Math.max(rest?.length ?? 0, other?.length ?? 0) <= 1;
}

/** The handbook, read once, so that its passages keep their vectors. */
const shipped = once(handbook);
const vectors = new WeakMap<Passage, Float32Array>();

function vectorOf(passage: Passage): Float32Array {
  const vector = vectors.get(passage) ?? embedText(wholeText(passage));
  vectors.set(passage, vector);
  return vector;
}

/** The same order as `llm-lab ask` has (`fitOf`), but for names that are like the topic. */
function rank(topic: string, passages: Passage[]) {
  const asked = embedText(topic);
  const aimed = questionVector([...asked]);
  const stems = stemsOf(topic);
  const keywords = new Keywords(topic);
  for (const { id, title, aliases, text } of passages)
    keywords.add([title, text, title, id, ...aliases].join("\n"));
  const shares = keywords.shares();
  return passages
    .map((passage, at) => {
      const vector = vectorOf(passage);
      const nearness = dot(asked, vector);
      const names = [passage.id.replaceAll("-", " "), passage.title].map(stemsOf);
      const likeness = Math.max(...names.map((name) => overlap(name, stems)));
      const share = shares[at]!;
      const fit = fitOf({ text: wholeText(passage), cosine: dot(aimed, vector), share });
      const score = fit + NAME_COUNTS * likeness;
      return { passage, nearness, share, likeness, score };
    })
    .sort((a, b) => b.score - a.score);
}

function dot(a: ArrayLike<number>, b: Float32Array): number {
  return b.reduce((sum, value, at) => sum + value * a[at]!, 0);
}

function stemsOf(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !isStopword(word))
      .map(stemOf),
  );
}

/** How much of two sets of words is common to both, from 0 to 1. */
function overlap(a: Set<string>, b: Set<string>): number {
  const both = [...a].filter((stem) => b.has(stem)).length;
  return both / Math.max(1, a.size + b.size - both);
}
