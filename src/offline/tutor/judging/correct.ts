import { sentencesOf } from "../../../language/sentences.ts";
import { stemOf } from "../../../language/stems.ts";
import { lexicon } from "../../embeddings/concepts.ts";
import { rarityOf } from "../../embeddings/counts.ts";
import { meaningOf } from "../../embeddings/meaning.ts";
import { kindOf } from "../grounded/kinds.ts";
import { isSame, plainNumbers, quantitiesIn } from "./quantities.ts";
import { declines, denies, isYesOrNo, type Said, saidIn, yesOrNo } from "./said.ts";

/** What a judge finds of an answer: from 0 to 1, and why. */
export interface Finding {
  score: number;
  why: string;
}

/** What the two texts that are compared are called. */
interface Names {
  wanted: string;
  given: string;
}

const NAMES: Names = { wanted: "the reference", given: "the answer" };

/** An answer is right from this score on, measured on the cases of `correct.test.ts`. */
export const RIGHT = 0.8;

/**
 * How far an answer says what a reference says: by what it denies, its numbers, the words that it
 * has of the reference or others of the same concept, and its meaning as a whole.
 */
export function correctness(
  question: string,
  reference: string,
  answer: string,
  names = NAMES,
): Finding {
  if (!/[\p{L}\p{N}]/u.test(answer)) return { score: 0, why: "The answer is empty." };
  if (reference.length > LONGEST || answer.length > LONGEST)
    return correctness(question, reference.slice(0, LONGEST), answer.slice(0, LONGEST), names);
  return (
    byDeclining(reference, answer) ??
    byYesOrNo(reference, answer, names) ??
    byNumbers(question, reference, answer, names) ??
    byDenial(question, reference, answer) ??
    byOrder(reference, answer) ??
    byAmount(question, reference, answer) ??
    byMeaning(question, reference, answer, names)
  );
}

/** Each word is compared with each: of longer texts, only the beginning is read. */
const LONGEST = 4000;

function byDeclining(reference: string, answer: string): Finding | undefined {
  const [wanted, given] = [declines(reference), declines(answer)];
  if (wanted && given) return { score: 1, why: "Both say that there is no answer." };
  if (wanted)
    return { score: 0, why: "The reference says that there is no answer, and this is one." };
  if (given)
    return { score: 0, why: "It says that there is no answer, and the reference has one." };
  return undefined;
}

function byYesOrNo(reference: string, answer: string, names: Names): Finding | undefined {
  const [wanted, given] = [yesOrNo(reference), yesOrNo(answer)];
  if (wanted === undefined || given === undefined || wanted === given) return undefined;
  const [theirs, ours] = given ? ["no", "yes"] : ["yes", "no"];
  return {
    score: 0,
    why: `${capitalised(names.wanted)} says ${theirs}, and ${names.given} ${ours}.`,
  };
}

/** Each number of the reference is in the answer, but for those of the question. */
function byNumbers(
  question: string,
  reference: string,
  answer: string,
  names: Names,
): Finding | undefined {
  const asked = quantitiesIn(question);
  const given = quantitiesIn(answer);
  const isIn = (all: typeof asked, text: string, value: (typeof asked)[number]) =>
    all.some((one) => isSame(value, one)) || plainNumbers(text).includes(` ${value.text} `);
  const missing = quantitiesIn(reference).find(
    (one) => !isIn(asked, question, one) && !given.some((other) => isSame(one, other)),
  );
  if (missing === undefined) return undefined;
  const others = given.map(({ text }) => text).join(", ");
  const said = others === "" ? `${names.given} does not` : `${names.given} ${others}`;
  return { score: 0.1, why: `${capitalised(names.wanted)} says ${missing.text}, ${said}.` };
}

const OF_AMOUNT = new Set(["amount", "span", "price", "often"]);

/** Who asks how much is answered by the number, unless it counts something else. */
function byAmount(question: string, reference: string, answer: string): Finding | undefined {
  const wanted = quantitiesIn(reference);
  if (!OF_AMOUNT.has(kindOf(question).name) || wanted.length === 0) return undefined;
  const given = quantitiesIn(answer);
  const isOther = wanted.some((one) => {
    const counted = given.find((other) => isSame(one, other))?.counted;
    return one.counted && counted && stemOf(one.counted) !== stemOf(counted);
  });
  return isOther ? undefined : { score: 0.9, why: "It gives the number that the reference gives." };
}

/** Something that one of them says, and the other denies or says the opposite of. */
function byDenial(question: string, reference: string, answer: string): Finding | undefined {
  const asked = saidIn(question);
  const wanted = saidIn(reference);
  const asksWhatIsNot = denies(question) && !isYesOrNo(question);
  const isAsked = ({ stem }: Said) => asked.some((one) => one.stem === stem);
  // An answer to "What does it not cover?" may deny what it names.
  const isTurned = asksWhatIsNot && denies(answer);
  const given = saidIn(answer).map((one) =>
    isTurned && !isAsked(one) ? { ...one, isDenied: !one.isDenied } : one,
  );
  const framing = isYesOrNo(question)
    ? []
    : asked.filter((one) => !wanted.some(({ stem }) => stem === one.stem));
  for (const one of [...wanted, ...framing]) {
    const against = given.filter((other) => contradicts(one, other));
    const isSaid = given.some((other) => agrees(one, other));
    if (against[0] && !isSaid)
      return {
        score: 0.05,
        why: `About "${one.word}" it says the opposite: "${against[0].word}".`,
      };
  }
  return undefined;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const isOpposite = (one: Said, other: Said) => one.opposites.includes(other.stem);

const agrees = (one: Said, other: Said) =>
  (one.stem === other.stem && one.isDenied === other.isDenied) ||
  (isOpposite(one, other) && one.isDenied !== other.isDenied);

const contradicts = (one: Said, other: Said) =>
  (one.stem === other.stem && one.isDenied !== other.isDenied) ||
  (isOpposite(one, other) && one.isDenied === other.isDenied);

/** Words of which two sides cannot change places. */
const ORDERING = /\b(before|after|from|than|into|divided by|instead of|rather than)\b/;

/** "Red before blue" has the words of "blue before red". */
function byOrder(reference: string, answer: string): Finding | undefined {
  const [wanted, given] = [sidesOf(reference), sidesOf(answer)];
  if (!wanted || !given || wanted.by !== given.by) return undefined;
  const shared = (one: readonly string[], other: readonly string[]) =>
    one.filter((word) => other.includes(word)).length;
  const kept = shared(wanted.left, given.left) + shared(wanted.right, given.right);
  const crossed = shared(wanted.left, given.right) + shared(wanted.right, given.left);
  if (crossed <= kept) return undefined;
  return { score: 0.1, why: `What stands before and behind "${wanted.by}" has changed places.` };
}

function sidesOf(text: string) {
  const plain = plainNumbers(text);
  const by = ORDERING.exec(plain);
  if (!by) return undefined;
  const [left, right] = [plain.slice(0, by.index), plain.slice(by.index + by[0].length)].map(
    (side) => [
      ...saidIn(side).map(({ stem }) => stem),
      ...quantitiesIn(side).map(({ value }) => String(value)),
    ],
  );
  return { by: by[0], left: left!, right: right! };
}

/** How much of each part of the reference the answer has, and how near both are as a whole. */
function byMeaning(question: string, reference: string, answer: string, names: Names): Finding {
  const cover = coverOf(question, reference, answer);
  const near = nearnessOf(question, reference, answer);
  const score = WEIGHTS.least * cover.least + WEIGHTS.mean * cover.mean + WEIGHTS.near * near;
  const given = capitalised(names.given);
  if (score >= RIGHT) return { score, why: `${given} says what ${names.wanted} says.` };
  if (cover.mean < 0.5) return { score, why: `${given} says something else than ${names.wanted}.` };
  const why =
    cover.missing === undefined
      ? `${given} says only a part of what ${names.wanted} says.`
      : `${given} lacks something of "${cover.missing}".`;
  return { score, why };
}

const WEIGHTS = { least: 0.3, mean: 0.3, near: 0.4 };

function coverOf(question: string, reference: string, answer: string) {
  const asked = new Set(saidIn(question).map(({ stem }) => stem));
  const given = saidIn(answer);
  const isNew = ({ stem }: Said) => !asked.has(stem);
  const all = saidIn(reference);
  // Where the numbers are what is new, they were found by now.
  const needed = all.some(isNew) || quantitiesIn(reference).length > 0 ? isNew : () => true;
  const pieces = reference
    .split(/[,;:.]\s|\band\b|\bor\b/)
    .filter((piece) => saidIn(piece).some(needed));
  const parts = pieces.map((piece) => saidIn(piece).filter(needed));
  const shares = parts.map((part) => {
    const weights = part.map(({ stem }) => rarityOf(stem));
    const total = weights.reduce((sum, one) => sum + one, 0);
    return part.reduce((sum, one, at) => sum + (metIn(one, given) * weights[at]!) / total, 0);
  });
  if (shares.length === 0) return { least: 1, mean: 1, missing: undefined };
  const least = Math.min(...shares);
  const piece = pieces[shares.indexOf(least)]?.trim().replace(/[.;:,]$/, "");
  const missing = pieces.length > 1 ? piece : undefined;
  return { least, mean: shares.reduce((sum, one) => sum + one, 0) / shares.length, missing };
}

function metIn(one: Said, given: readonly Said[]): number {
  if (given.some((other) => other.stem === one.stem || agrees(one, other))) return 1;
  if (EXACT.test(one.word)) return 0;
  const near = given.map((other) =>
    isOfConcept(one, other) ? CONCEPT : likeness(one.word, other.word),
  );
  return Math.max(0, ...near);
}

const CONCEPT = 0.75;
const likeness = (one: string, other: string) =>
  EXACT.test(other) ? 0 : Math.max(0, cosine(meaningOf(one), meaningOf(other)) - 0.3) / 0.6;

const isOfConcept = ({ stem }: Said, other: Said) => {
  const own = lexicon().byPhrase.get(stem) ?? [];
  return (lexicon().byPhrase.get(other.stem) ?? []).some((concept) => own.includes(concept));
};

/** Of these, only the word itself will do. */
const EXACT =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:second|minute|hour|day|week|month|year)s?|daily|weekly|monthly|yearly|red|blue|green|yellow|black|white|brown|grey|gray|orange|pink|purple|\w*\d\w*)$/;

function nearnessOf(question: string, reference: string, answer: string): number {
  const wanted = meaningOf(`${question} ${reference}`);
  const texts = new Set([answer, ...sentencesOf(answer)]);
  return Math.max(...[...texts].map((one) => cosine(wanted, meaningOf(`${question} ${one}`))));
}

/** Of vectors of length 1. */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + value * b[at]!, 0);
}
