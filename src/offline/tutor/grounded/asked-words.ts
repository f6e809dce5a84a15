import { stemOf } from "../../../language/stems.ts";
import { isStopword, wordsOf, writtenWordsOf } from "../../../language/words.ts";
import { stemsOf } from "../../../search/keywords.ts";
import { type Lexicon, lexicon } from "../../embeddings/concepts.ts";
import type { Kind } from "./kinds.ts";
import type { GivenPassage } from "./passages.ts";

/** A passage, read for its words. */
export interface ReadPassage {
  given: GivenPassage;
  heading: Meaning;
  around: Meaning;
  sentences: (Meaning & { text: string })[];
}

interface Meaning {
  stems: ReadonlySet<string>;
  /** the stems that stand for each concept */
  concepts: ReadonlyMap<number, ReadonlySet<string>>;
}

/** How far a sentence meets what a question speaks of; shares are from 0 to 1. */
export interface Met {
  /** the share of the question that it has with its passage around it, and by itself */
  score: number;
  own: number;
  /** the share that it has of what its headings leave open; undefined where they have all */
  rest: number | undefined;
  /** whether it begins with what the question is about, as a definition does */
  begins: boolean;
}

/** How far a word of the question is met, as itself or by another word of its concept. */
const IN_SENTENCE = { word: 1, concept: 0.6 };
const IN_HEADING = { word: 0.75, concept: 0.5 };
const AROUND = { word: 0.55, concept: 0.3 };

/** A word that no sentence has counts more, one that names what somebody does with a thing less. */
const UNHEARD = 1.6;
const DOING = 0.35;

/** Words that ask without saying for what. */
const ASKING = stemsIn(
  `tell say know find get give want mean go come look like long much many often far old now please explain describe
  name kind sort according context passage document text answer question possible able let okay day`,
);

/** Verbs that could be said of anything. */
const LIGHT = stemsIn(
  `make use need thing happen work cover include contain take bring leave keep put set start try show choose pick change
  help affect differ compute protect prevent avoid handle deal learn see carry hold allow last run do pay`,
);

interface Wanted {
  stem: string;
  concepts: readonly number[];
  weight: number;
}

/**
 * What a question speaks of, each word the weightier the fewer sentences of the passages have it.
 */
export class AskedWords {
  readonly passages: readonly ReadPassage[];
  readonly #wanted: readonly Wanted[];
  readonly #stems: ReadonlySet<string>;
  readonly #total: number;

  constructor(question: string, passages: readonly GivenPassage[], kind: Kind) {
    this.passages = passages.map((passage) => readPassage(passage, lexicon()));
    const settled = stemsIn((kind.settles ?? []).join(" "));
    this.#wanted = wantedIn(question, this.passages, lexicon(), kind.name === "way").filter(
      ({ stem }) => !settled.has(stem),
    );
    this.#stems = new Set(this.#wanted.map(({ stem }) => stem));
    this.#total = this.#wanted.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** Whether the question speaks of nothing. */
  get isEmpty(): boolean {
    return this.#wanted.length === 0;
  }

  metBy(sentence: Meaning & { text: string }, { heading, around }: ReadPassage): Met {
    const itself = this.#met(sentence, IN_SENTENCE);
    const above = this.#met(heading, IN_HEADING);
    const near = this.#met(around, AROUND);
    const open = above.map((met) => (met === 0 ? 1 : 0));
    const left = this.#share(open);
    const first = stemsOf(writtenWordsOf(sentence.text)[0] ?? "");
    return {
      score: this.#share(itself.map((met, at) => Math.max(met, above[at]!, near[at]!))),
      own: this.#share(itself),
      rest: left === 0 ? undefined : this.#share(itself.map((met, at) => met * open[at]!)) / left,
      begins: this.#wanted.some(
        ({ stem, weight }) =>
          first.includes(stem) && 2 * weight * this.#wanted.length >= this.#total,
      ),
    };
  }

  #met(meaning: Meaning, worth: { word: number; concept: number }): number[] {
    return this.#wanted.map((word) => metIn(word, meaning, worth, this.#stems));
  }

  #share(met: readonly number[]): number {
    return met.reduce((sum, value, at) => sum + value * this.#wanted[at]!.weight, 0) / this.#total;
  }
}

function readPassage(given: GivenPassage, lexicon: Lexicon): ReadPassage {
  const name = (given.source ?? "").replace(/\.\w+$/, "").replace(/[_/-]/g, " ");
  return {
    given,
    heading: meaningOf([name, ...given.headings].join("\n"), lexicon),
    around: meaningOf(given.sentences.join("\n"), lexicon),
    sentences: given.sentences.map((text) => ({ text, ...meaningOf(text, lexicon) })),
  };
}

function meaningOf(text: string, lexicon: Lexicon): Meaning {
  const stems = writtenWordsOf(text).flatMap(stemsOf);
  const concepts = new Map<number, Set<string>>();
  for (const stem of new Set(stems))
    for (const concept of lexicon.byPhrase.get(stem) ?? [])
      concepts.set(concept, (concepts.get(concept) ?? new Set()).add(stem));
  return { stems: new Set(stems), concepts };
}

function wantedIn(
  question: string,
  passages: readonly ReadPassage[],
  lexicon: Lexicon,
  asksHow: boolean,
): Wanted[] {
  const under = passages.flatMap(({ sentences, heading }) =>
    sentences.map(({ stems }) => [stems, heading.stems]),
  );
  const words = wordsOf(question);
  const done = /\b(?:i|we|you|one)\s+(\w+)/i.exec(question)?.[1]?.toLowerCase();
  const stems = new Map(
    words.filter((word) => !isStopword(word)).map((word) => [stemOf(word), word === done]),
  );
  const telling = [...stems].filter(([stem]) => !ASKING.has(stem));
  return (telling.length > 0 ? telling : [...stems]).map(([stem, isDone]) => {
    const having = under.filter((stems) => stems.some((one) => one.has(stem))).length;
    const rarity = Math.log(2 + (under.length + 1) / (having + 0.5));
    // "How do I mend a puncture?" is about mending as much as about punctures.
    const isLight = LIGHT.has(stem) || (isDone && !asksHow);
    const byUse = isLight ? DOING : having === 0 && !isDone ? UNHEARD : 1;
    return { stem, concepts: lexicon.byPhrase.get(stem) ?? [], weight: rarity * byUse };
  });
}

/** A word that the question itself has stands for itself, and for no other of its concept. */
function metIn(
  { stem, concepts: own }: Wanted,
  { stems, concepts }: Meaning,
  worth: { word: number; concept: number },
  asked: ReadonlySet<string>,
): number {
  if (stems.has(stem)) return worth.word;
  const others = own.flatMap((concept) => [...(concepts.get(concept) ?? [])]);
  return others.some((other) => !asked.has(other)) ? worth.concept : 0;
}

function stemsIn(words: string): Set<string> {
  return new Set(words.split(/\s+/).map(stemOf));
}
