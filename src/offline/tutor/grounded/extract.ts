import { isStopword, writtenWordsOf } from "../../../language/words.ts";
import { stemsOf } from "../../../search/keywords.ts";
import { embedText } from "../../embeddings/embed.ts";
import { meaningOf } from "../../embeddings/meaning.ts";
import { AskedWords, type Met, type ReadPassage } from "./asked-words.ts";
import { kindOf } from "./kinds.ts";
import type { GivenPassage } from "./passages.ts";

/** Sentences of one passage that answer a question. */
export interface Extract {
  passage: GivenPassage;
  sentences: string[];
}

/** Words of a sentence, at most: nobody wants a page quoted. */
const LONGEST = 60;

/** Sentences whose meaning is compared with the question's; each takes a millisecond or two. */
const MOST_COMPARED = 60;

/**
 * When a sentence answers by its words, measured on the open questions of `npm run bench:retrieval`
 * and on those of answer.test.ts. It and its passage have `words` of what is asked, and it is not
 * far in meaning; it has `itself` of it, or `rest` of what its headings leave open. Under headings
 * that have all of it, it must be `under` near. No sentence of a passage that was found earlier may
 * be nearer by `behind`.
 */
const ENOUGH = { words: 0.64, far: 0.2, itself: 0.35, rest: 0.6, under: 0.43, behind: 0.05 };

/**
 * When the nearest sentence answers by its meaning alone: it stands in the passage that was found
 * first, it is `near`, and nearer by `apart` than any of another passage. Where there is no answer,
 * the nearest sentences of all passages are equally near.
 */
const STANDS_OUT = { near: 0.38, apart: 0.12 };

/**
 * What counts beside words where several answer: nearness, the place of the passage, a definition.
 */
const ORDER = { itself: 0.5, near: 0.6, later: 0.05, defines: 0.1 };

/** How many sentences are quoted: how something is done, and why, takes more than one. */
const QUOTED = { way: 3, other: 1 };
/** By meaning alone, the sentence that says it may stand beside the nearest one. */
const BEFORE = 1;
const AFTER = 2;

/**
 * The sentences that answer a question, word for word; undefined where none does. A sentence
 * answers if it and its passage have most of what the question speaks of, the rare words above all,
 * if it is near in meaning, and if it holds what such a question asks for: a figure, a time, a
 * name. Where the words are others, it answers if its meaning stands out from all other passages'.
 *
 * @param passages the best first
 */
export function extract(question: string, passages: readonly GivenPassage[]): Extract | undefined {
  const kind = kindOf(question);
  const words = new AskedWords(question, passages, kind);
  if (words.isEmpty) return undefined;
  const sentences = statementsOf(question, words);
  const [best] = sentences
    .filter((one) => kind.shown.test(one.text) && isAnswer(one, sentences))
    .sort((a, b) => b.rank - a.rank);
  if (best) return quote(best, 0, kind.name === "way" ? QUOTED.way : QUOTED.other);
  const nearest = outstanding(sentences);
  if (nearest === undefined || !hasNames(nearest.passage, question)) return undefined;
  const found = quote(nearest, BEFORE, AFTER);
  return kind.shown.test(found.sentences.join(" ")) ? found : undefined;
}

interface Statement extends Met {
  text: string;
  passage: ReadPassage;
  /** the places of the passage, and of the sentence in it, from 0 */
  place: number;
  at: number;
  /** the cosine of the sentence and the question, under its heading or alone */
  nearness: number;
  /** the same by the sentence encoder alone, which knows paraphrases */
  meaning: number;
  rank: number;
}

/** The sentences of all passages that state something, with how far they meet the question. */
function statementsOf(question: string, words: AskedWords): Statement[] {
  const met = words.passages.flatMap((passage, place) =>
    passage.sentences.flatMap((sentence, at) => {
      if (!isStatement(sentence.text)) return [];
      return [{ text: sentence.text, passage, place, at, ...words.metBy(sentence, passage) }];
    }),
  );
  const [asked, meant] = [embedText(question), meaningOf(question)];
  const byWords = ({ score, own }: Met) => score + ORDER.itself * own;
  const hopeful = met.toSorted((a, b) => byWords(b) - byWords(a)).slice(0, MOST_COMPARED);
  return hopeful.map((one) => {
    const heading = one.passage.given.headings.at(-1)?.split(" › ").at(-1);
    const ways = heading === undefined ? [one.text] : [one.text, `${heading}\n${one.text}`];
    const nearness = Math.max(...ways.map((way) => cosine(asked, embedText(way))));
    const meaning = Math.max(...ways.map((way) => cosine(meant, meaningOf(way))));
    const defines = one.begins ? ORDER.defines : 0;
    const rank = byWords(one) + ORDER.near * nearness - ORDER.later * one.place + defines;
    return { ...one, nearness, meaning, rank };
  });
}

function isAnswer(one: Statement, all: readonly Statement[]): boolean {
  const { score, own, rest, nearness } = one;
  const before = nearestOf(all.filter(({ place }) => place < one.place));
  const here = nearestOf(all.filter(({ place }) => place === one.place));
  if (before - here > ENOUGH.behind) return false;
  if (score < ENOUGH.words) return false;
  if (own >= ENOUGH.itself) return nearness >= ENOUGH.far;
  if (rest === undefined) return nearness >= ENOUGH.under;
  return rest >= ENOUGH.rest && nearness >= ENOUGH.far;
}

function outstanding(sentences: readonly Statement[]): Statement | undefined {
  const [nearest] = sentences.toSorted((a, b) => b.meaning - a.meaning);
  if (nearest === undefined || nearest.place > 0) return undefined;
  const others = sentences.filter(({ place }) => place > 0);
  const isApart = others.length > 0 && nearest.meaning - nearestOf(others) >= STANDS_OUT.apart;
  return isApart && nearest.meaning >= STANDS_OUT.near ? nearest : undefined;
}

/** Whether a passage has all names of a question: nothing else can stand for them. */
function hasNames({ heading, around }: ReadPassage, question: string): boolean {
  const [, ...later] = writtenWordsOf(question);
  return later
    .filter(
      (word) =>
        /\d|[-@._]|^\p{Lu}\p{L}|\p{Ll}\p{Lu}/u.test(word) && !isStopword(word.toLowerCase()),
    )
    .flatMap((word) => stemsOf(word).slice(0, 1))
    .every((stem) => heading.stems.has(stem) || around.stems.has(stem));
}

const nearestOf = (sentences: readonly Statement[]) =>
  sentences.reduce((most, { meaning }) => Math.max(most, meaning), -1);

/** A sentence and those beside it; of a list item all that is not too long to quote. */
function quote({ passage, at }: Statement, before: number, length: number): Extract {
  const { sentences, items } = passage.given;
  const item = items[at];
  const isSame = (place: number) => item !== undefined && items[place] === item;
  let [from, to] = [Math.max(0, at - before), Math.min(at + length, sentences.length)];
  const fits = (start: number, end: number) =>
    sentences.slice(start, end).join(" ").split(/\s+/).length <= LONGEST;
  while (isSame(to) && fits(from, to + 1)) to += 1;
  while (from > 0 && isSame(from - 1) && fits(from - 1, to)) from -= 1;
  return { passage: passage.given, sentences: sentences.slice(from, to) };
}

/** A question answers nothing, and a line before a list says nothing yet. */
function isStatement(text: string): boolean {
  return !/[?:]$/.test(text) && text.split(/\s+/).length <= LONGEST;
}

/** Of vectors of length 1. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
