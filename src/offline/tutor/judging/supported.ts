import { sentencesOf } from "../../../language/sentences.ts";
import { passagesOf } from "../grounded/passages.ts";
import { correctness, type Finding, RIGHT } from "./correct.ts";
import { declines, saidIn } from "./said.ts";

/** How far all that an answer states follows from passages: as far as its weakest sentence. */
export function support(answer: string, context: string): Finding {
  const claims = claimsOf(answer).slice(0, MOST_CLAIMS);
  const pieces = piecesOf(context);
  const found = claims.map((claim) => ({ claim, ...supportOf(claim, pieces) }));
  const weakest = found.toSorted((a, b) => a.score - b.score)[0];
  if (!weakest) return { score: 1, why: "It claims nothing." };
  const { score, piece, why } = weakest;
  if (score >= RIGHT) return { score, why: `The passages say so: "${piece}"` };
  return { score, why: claims.length > 1 ? `"${weakest.claim}" ${why}` : why };
}

/** The sentences that claim something, without the marks that name their source. */
function claimsOf(answer: string): string[] {
  return sentencesOf(
    answer
      .replace(/^From [^:\n"]{1,80}: |^The context says: /gm, "")
      .replace(/\s*\[\d+\]|\s*\([^()\n]*\.md\)/g, ""),
  )
    .map((sentence) => sentence.replace(/^["“]+|["”]+$/g, ""))
    .filter((sentence) => /\p{L}/u.test(sentence) && !declines(sentence));
}

interface Piece {
  text: string;
  stems: ReadonlySet<string>;
}

/** Sentences of the passages, each by itself, under its heading, and with the next one. */
function piecesOf(context: string): Piece[] {
  const texts = passagesOf(context).flatMap(({ headings, sentences }) =>
    sentences.flatMap((one, at) => {
      const [heading, next] = [headings.at(-1), sentences[at + 1]];
      return [
        one,
        ...(heading === undefined ? [] : [`${heading}: ${one}`]),
        ...(next === undefined ? [] : [`${one} ${next}`]),
      ];
    }),
  );
  return texts.map((text) => ({ text, stems: stemsOf(text) }));
}

const stemsOf = (text: string) => new Set(saidIn(text).map(({ stem }) => stem));

function supportOf(claim: string, pieces: readonly Piece[]) {
  const stems = [...stemsOf(claim)];
  const ranked = pieces
    .map(({ text, stems: own }) => ({ text, shared: stems.filter((stem) => own.has(stem)).length }))
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, MOST_COMPARED);
  const found = ranked.map(({ text }) => ({
    piece: text,
    ...correctness("", claim, text, NAMES),
  }));
  const best = found.toSorted((a, b) => b.score - a.score)[0];
  const isAbout = (ranked[0]?.shared ?? 0) > 0;
  return best && isAbout ? best : { score: 0, piece: "", why: "No passage speaks of it." };
}

const NAMES = { wanted: "the sentence", given: "the passage" };

/** Each comparison takes a millisecond or two. */
const MOST_CLAIMS = 60;
const MOST_COMPARED = 12;
