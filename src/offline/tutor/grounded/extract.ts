import { type Lexicon, readLexicon } from "../../embeddings/concepts.ts";
import { stemOf } from "../../language/stems.ts";
import { isStopword, wordsOf } from "../../language/words.ts";
import { kindOf } from "./kinds.ts";
import type { GivenPassage } from "./passages.ts";

/** Sentences of one passage that answer a question. */
export interface Extract {
  passage: GivenPassage;
  sentences: string[];
}

/** How much of a question's words must be met, and how much of them by the sentence itself. */
const ENOUGH = 0.64;
const ENOUGH_ITSELF = 0.35;

/** How far a word of the question is met, as itself or by another word of its concept. */
const IN_SENTENCE = { word: 1, concept: 0.6 };
const IN_HEADING = { word: 0.75, concept: 0.5 };
const AROUND = { word: 0.55, concept: 0.3 };

/** A word that no sentence has counts more, one that names what somebody does with a thing less. */
const UNHEARD = 1.6;
const DOING = 0.35;

/** Words that ask without saying for what. */
const ASKING = stemsOf(
  `tell say know find get give want mean go come look like long much many often far old now please explain describe
  name kind sort according context passage document text answer question possible able let okay day`,
);

/** Verbs that could be said of anything. */
const LIGHT = stemsOf(
  `make use need thing happen work cover include contain take bring leave keep put set start try show choose pick change
  help affect differ compute protect prevent avoid handle deal learn see carry hold allow last run do pay`,
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
  const settled = stemsOf((kind.settles ?? []).join(" "));
  const wanted = wantedIn(question, all, lexicon, kind.name === "way").filter(
    ({ stem }) => !settled.has(stem),
  );
  if (wanted.length === 0) return undefined;
  const asked = new Set(wanted.map(({ stem }) => stem));
  const total = sum(wanted.map(({ weight }) => weight));
  const scored = all.flatMap((passage) =>
    passage.sentences.flatMap((sentence, at) => {
      if (sentence.text.endsWith("?") || !kind.shown.test(sentence.text)) return [];
      const itself = wanted.map((word) => metIn(word, sentence, IN_SENTENCE, asked));
      const anywhere = wanted.map((word, place) =>
        Math.max(
          itself[place] ?? 0,
          metIn(word, passage.heading, IN_HEADING, asked),
          metIn(word, passage.around, AROUND, asked),
        ),
      );
      const share = (met: number[]) =>
        sum(met.map((value, place) => value * (wanted[place]?.weight ?? 0))) / total;
      const [score, own] = [share(anywhere), share(itself)];
      return [{ passage, at, score, own, rank: score + 0.5 * own }];
    }),
  );
  const best = scored
    .filter(({ score, own }) => score >= ENOUGH && own >= ENOUGH_ITSELF)
    .sort((a, b) => b.rank - a.rank)[0];
  if (!best) return undefined;
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
  /** the stems that stand for each concept */
  concepts: ReadonlyMap<number, ReadonlySet<string>>;
}

interface ReadPassage {
  given: GivenPassage;
  heading: Meaning;
  around: Meaning;
  sentences: (Meaning & { text: string })[];
}

interface Wanted {
  stem: string;
  concepts: readonly number[];
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
  const stems = wordsOf(text).flatMap((word) => [word, ...word.split("-").slice(1)].map(stemOf));
  const concepts = new Map<number, Set<string>>();
  for (const stem of new Set(stems))
    for (const concept of lexicon.byPhrase.get(stem) ?? [])
      concepts.set(concept, (concepts.get(concept) ?? new Set()).add(stem));
  return { stems: new Set(stems), concepts };
}

/** What a question speaks of, each word the weightier the fewer sentences have it. */
function wantedIn(
  question: string,
  passages: ReadPassage[],
  lexicon: Lexicon,
  asksHow: boolean,
): Wanted[] {
  const sentences = passages.flatMap((passage) => passage.sentences);
  const words = wordsOf(question);
  const done = /\b(?:i|we|you|one)\s+(\w+)/i.exec(question)?.[1]?.toLowerCase();
  const stems = new Map(
    words.filter((word) => !isStopword(word)).map((word) => [stemOf(word), word === done]),
  );
  const telling = [...stems].filter(([stem]) => !ASKING.has(stem));
  return (telling.length > 0 ? telling : [...stems]).map(([stem, isDone]) => {
    const having = sentences.filter((sentence) => sentence.stems.has(stem)).length;
    const rarity = Math.log(2 + (sentences.length + 1) / (having + 0.5));
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

function stemsOf(words: string): Set<string> {
  return new Set(words.split(/\s+/).map(stemOf));
}

function sum(values: number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
