import { stemOf } from "../../../language/stems.ts";
import { isMet, meaningsOf } from "./meanings.ts";

/** Whether "your mum's birthday" may answer: only a question that names the mum. */
export function isOwnerAsked(fact: string, asked: string): boolean {
  const owner = /\byour (\p{L}+)['’]s \p{L}+/iu.exec(fact)?.[1];
  if (owner === undefined || isMet(stemOf(owner.toLowerCase()), meaningsOf(asked))) return true;
  // "Your neighbour's name is Bo" answers what Bo does, too.
  return (asked.match(/(?<=\s)\p{Lu}\p{L}+/gu) ?? []).some((name) => fact.includes(name));
}

/** Whether a fact tells what the human does or has, and not what "your sister" does. */
export function isOfHuman(fact: string, stems: string[]): boolean {
  const owned = /^your ((?:\p{L}+ ){0,2}?\p{L}+)(?:'s)? (?:is|are|was|were|has|have)\b/iu.exec(
    fact,
  )?.[1];
  if (owned !== undefined) return stems.some((stem) => isMet(stem, meaningsOf(owned)));
  const label = /^your ([\p{L} ]{1,40}): /iu.exec(fact)?.[1];
  if (label !== undefined) return true;
  return /^(?!your\b)/i.test(fact) && /\byou\b/i.test(fact);
}

/**
 * Whether the fact gives a name to what the stem stands for: "your dog Rex", "your dog is called
 * Rex".
 */
export function isNamed(stem: string, fact: string): boolean {
  const words = fact.slice(0, 300).match(/[\p{L}\p{N}'’-]+/gu) ?? [];
  return words.some((word, at) => {
    if (!isMet(stem, meaningsOf(word.replace(/['’]s$/, "")))) return false;
    const after = words.slice(at + 1, at + 9).join(" ");
    const before = words.slice(Math.max(0, at - 3), at).join(" ");
    return (
      /^(?:(?:is|are|was|were|'s|name|names|called|named|who|which|goes by|by|to|and|an?|\p{Ll}+ (?=named|called)) ?)*\p{Lu}/u.test(
        after,
      ) ||
      /(?:\b(?:called|named)|\bnames? (?:is|are)|^\p{L}* ?names? is) \S/iu.test(after) ||
      /\p{Lu}\p{L}+ is (?:your|the)$/u.test(before)
    );
  });
}
