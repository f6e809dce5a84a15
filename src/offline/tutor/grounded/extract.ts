import { conceptsIn, type Lexicon, readLexicon } from "../../embeddings/concepts.ts";
import { isStopword, stemOf, wordsOf } from "../../embeddings/words.ts";
import { kindOf } from "./kinds.ts";
import type { GivenPassage } from "./passages.ts";

/** Sentences of one passage that answer a question. */
export interface Extract {
  passage: GivenPassage;
  sentences: string[];
}

/** How much of a question's words must be met, and how much of them by the sentence itself. */
const ENOUGH = 0.62;
const ENOUGH_ITSELF = 0.3;

/** How far a word of the question is met: by the sentence, its heading, or the passage around it. */
const BY = {
  word: 1,
  concept: 0.8,
  heading: 0.75,
  headingConcept: 0.6,
  around: 0.55,
  aroundConcept: 0.4,
};

/** Words that ask without saying for what. */
const ASKING = new Set(
  `tell say know find get give make use need want mean thing happen work go come look like cover include contain long much many often far old time
  please explain describe name kind sort according context passage document text answer question possible able let okay
  day`
    .split(/\s+/)
    .map(stemOf),
);

/**
 * The sentences that answer a question, word for word; undefined where none does. A sentence answers if it and
 * its passage have most of what the question speaks of, the rare words above all, and if it holds what such a
 * question asks for: a figure, a time, a name.
 */
export function extract(question: string, passages: readonly GivenPassage[]): Extract | undefined {
  const lexicon = readLexicon();
  const all = passages.map((passage) => readPassage(passage, lexicon));
  const kind = kindOf(question);
  const settled = new Set((kind.settles ?? []).map(stemOf));
  const wanted = wantedIn(question, all, lexicon).filter(({ stem }) => !settled.has(stem));
  if (wanted.length === 0) return undefined;
  const total = wanted.reduce((sum, { weight }) => sum + weight, 0);
  const scored = all.flatMap((passage) =>
    passage.sentences.flatMap((sentence, at) => {
      if (sentence.text.endsWith("?") || !kind.shown.test(sentence.text)) return [];
      const met = wanted.map((word) => word.weight * metBy(word, sentence, passage));
      const itself = wanted.map((word) => word.weight * metIn(word, sentence, BY.word, BY.concept));
      const score = sum(met) / total;
      const own = sum(itself) / total;
      return [{ passage, at, score, own, rank: score + 0.5 * own }];
    }),
  );
  const [best] = scored.sort((a, b) => b.rank - a.rank);
  if (!best || best.score < ENOUGH || best.own < ENOUGH_ITSELF) return undefined;
  const { sentences, given } = best.passage;
  // How something is done, and why, takes more than a sentence.
  const length = kind.name === "way" ? 3 : 1;
  return {
    passage: given,
    sentences: sentences.slice(best.at, best.at + length).map(({ text }) => text),
  };
}

interface Meaning {
  stems: ReadonlySet<string>;
  concepts: ReadonlySet<number>;
}

interface ReadPassage {
  given: GivenPassage;
  heading: Meaning;
  around: Meaning;
  sentences: (Meaning & { text: string })[];
}

interface Wanted {
  stem: string;
  concepts: ReadonlySet<number>;
  weight: number;
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
  const stems = wordsOf(text).flatMap((word) => [word, ...word.split("-")].map(stemOf));
  const concepts = new Set<number>();
  conceptsIn(stems, lexicon, (concept) => concepts.add(concept));
  return { stems: new Set(stems), concepts };
}

/** What a question speaks of, each word the weightier the fewer sentences have it. */
function wantedIn(question: string, passages: ReadPassage[], lexicon: Lexicon): Wanted[] {
  const sentences = passages.flatMap((passage) => passage.sentences);
  const stems = wordsOf(question)
    .filter((word) => !isStopword(word))
    .map(stemOf);
  const telling = [...new Set(stems)].filter((stem) => !ASKING.has(stem));
  return (telling.length > 0 ? telling : [...new Set(stems)]).map((stem) => {
    const having = sentences.filter((sentence) => sentence.stems.has(stem)).length;
    const concepts = new Set<number>();
    conceptsIn([stem], lexicon, (concept) => concepts.add(concept));
    return { stem, concepts, weight: Math.log(2 + (sentences.length + 1) / (having + 0.5)) };
  });
}

function metBy(word: Wanted, sentence: Meaning, { heading, around }: ReadPassage): number {
  return Math.max(
    metIn(word, sentence, BY.word, BY.concept),
    metIn(word, heading, BY.heading, BY.headingConcept),
    metIn(word, around, BY.around, BY.aroundConcept),
  );
}

function metIn(word: Wanted, { stems, concepts }: Meaning, asWord: number, asConcept: number) {
  if (stems.has(word.stem)) return asWord;
  return [...word.concepts].some((concept) => concepts.has(concept)) ? asConcept : 0;
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);
