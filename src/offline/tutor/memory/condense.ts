import { sentencesOf } from "../../../language/sentences.ts";
import { wordsOf } from "../../../language/words.ts";
import { contentStems } from "./meanings.ts";

/**
 * The sentences that carry most, shortened, in their order, joined to one; at most so many words.
 */
export function condense(text: string, most: number): string {
  const sentences = sentencesOf(text)
    .map(shorten)
    .filter((sentence) => wordsOf(sentence).length > 1);
  if (sentences.length === 0) return text.trim().slice(0, 200);
  const counts = new Map<string, number>();
  for (const stem of sentences.flatMap(contentStems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const ranked = sentences
    .map((sentence, at) => ({ sentence, at, score: scoreOf(sentence, counts) }))
    .sort((a, b) => b.score - a.score);
  const kept: typeof ranked = [];
  let words = 0;
  for (const candidate of ranked) {
    words += wordsOf(candidate.sentence).length;
    if (kept.length > 0 && words > most) break;
    kept.push(candidate);
  }
  const inOrder = kept
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence.replace(/[.\s]+$/, ""));
  return limitWords(inOrder.join("; "), most + 20);
}

/** Figures, names and words that come again are what a reader would miss. */
function scoreOf(sentence: string, counts: Map<string, number>): number {
  const stems = contentStems(sentence);
  const repeated = stems.reduce((sum, stem) => sum + (counts.get(stem) ?? 0), 0);
  const figures = (sentence.match(/\d+/g) ?? []).length;
  const names = (sentence.slice(1).match(/\p{Lu}\p{L}+/gu) ?? []).length;
  return (repeated + 2 * figures + names) / Math.sqrt(stems.length + 2);
}

/** A sentence less its asides. */
function shorten(sentence: string): string {
  return sentence
    .replace(/\s*\([^)]*\)/g, "")
    .replace(
      /,? (?:which|who) (?:will|is|are|was|were|has|have|can)\b[^,.;]*(?:because[^.;]*)?/gi,
      "",
    )
    .replace(/,? because\b[^.;]*/gi, "")
    .replace(/\b(?:very|really|quite|just|such a|actually|basically) /gi, "")
    .trim();
}

function limitWords(text: string, most: number): string {
  const words = text.split(/\s+/);
  return words.length <= most ? text : `${words.slice(0, most).join(" ")} …`;
}
