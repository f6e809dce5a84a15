import { sentencesOf } from "../../language/sentences.ts";
import { correctionIn } from "./corrections.ts";
import type { Fact } from "./facts.ts";
import { nameIn } from "./name.ts";
import { toSecondPerson } from "./person.ts";
import { spelt } from "./spelling.ts";
import { statementsOf } from "./statements.ts";

/** More is never read: a conversation that holds more facts is no conversation. */
const MOST = 2000;

/** Facts as they are told one after the other: pronouns get what they stand for, corrections change what stands. */
export class FactList {
  readonly #facts: string[] = [];
  /** what "she", "it" or "they" stands for, as "my sister", by what was named last */
  #named: { one?: string; several?: string } = {};

  /** Takes in a message of the human's. */
  tell(message: string): void {
    for (const sentence of sentencesOf(spelt(message))) {
      const change = correctionIn(sentence);
      if (change?.kind === "withdraw") this.#facts.pop();
      if (change?.kind === "replace" && this.#replace(change)) continue;
      const said = change?.rest ?? sentence;
      for (const clause of statementsOf(said)) {
        const resolved = this.#resolve(clause);
        this.#remember(resolved);
        this.add(toSecondPerson(resolved));
      }
    }
  }

  add(fact: string): void {
    const text = this.#completed(this.#asName(fact));
    const same = this.#facts.indexOf(text);
    if (same >= 0) this.#facts.splice(same, 1);
    if (this.#facts.length < MOST) this.#facts.push(text);
  }

  /** Takes in what a reply repeats, unless it is known. */
  repeat(fact: string): void {
    const said = fact.toLowerCase();
    if (!this.#facts.some((text) => text.toLowerCase().includes(said))) this.add(fact);
  }

  facts(): Fact[] {
    return this.#facts.map((text, order) => ({ text, order }));
  }

  /** Puts the right value into the newest fact that has the wrong one; false where none has. */
  #replace({ wrong, right }: { wrong?: string; right: string }): boolean {
    for (let at = this.#facts.length - 1; at >= 0; at--) {
      const fact = this.#facts[at] ?? "";
      const changed =
        wrong === undefined ? withOtherValue(fact, right) : exchanged(fact, wrong, right);
      if (changed === undefined) {
        // "It's X" without what was wrong speaks of the last thing told.
        if (wrong === undefined) return false;
        continue;
      }
      this.#facts.splice(at, 1);
      this.#facts.push(changed);
      return true;
    }
    return false;
  }

  /** "She is called Mimi", after "I have a cat": my cat is called Mimi. */
  #resolve(clause: string): string {
    const { one, several } = this.#named;
    let resolved = clause.replace(/^((?:my|our) [\p{L}-]+)['’]s (?=an? |\d)/iu, "$1 is ");
    if (one !== undefined) {
      const thing = one.split(" ").at(-1);
      resolved = resolved.replace(
        /^((?:my|our) \p{Ll}+) one(?= (?:is|was|has|had|will)\b)/iu,
        `$1 ${thing}`,
      );
      resolved = resolved
        .replace(/^(?:he|she|it)['’]s (?=\S)/iu, `${one} is `)
        .replace(/^(?:he|she|it)(?= \p{L})/iu, one)
        .replace(/^(?:his|her|its) (?=\p{L})/iu, `${one}'s `);
    }
    if (several !== undefined) {
      resolved = resolved
        .replace(/^they['’]re (?=\S)/iu, `${several} are `)
        .replace(/^they(?= \p{L})/iu, several)
        .replace(/^their (?=\p{L})/iu, `${several}' `);
    }
    return resolved;
  }

  #remember(clause: string): void {
    const owned =
      /^((?:[Mm]y|[Oo]ur) (?:\p{Ll}[\p{L}-]* ){0,2}?\p{Ll}[\p{L}-]*(?: \p{Lu}[\p{L}'-]+)*)(?= (?:is|are|was|were|has|have|had|will|lives|works|plays|likes|loves|studies|teaches|\p{Ll}{3,}s)\b|['’]s |: )/u.exec(
        clause,
      )?.[1];
    const had =
      /\b(?:have|have got|'ve got|’ve got|got|has|own|bought|adopted|keep|met|found|adore|love|like) (?:an?|my|our) ((?:[\p{L}-]+ ){0,2}?[\p{L}-]+)(?=$|[,.;]| (?:called|named|who|which|that|yesterday|today|last|from|in|at|and|with|is|it)\b)/iu.exec(
        clause,
      )?.[1];
    const many =
      /\b(?:have|have got|'ve got|’ve got|got|own|adopted|keep) (?:two|three|four|five|six|several|some|many|\d+) ((?:[\p{L}-]+ ){0,1}?[\p{L}-]+s)\b/iu.exec(
        clause,
      )?.[1];
    if (had !== undefined) this.#named.one = `my ${had.toLowerCase()}`;
    else if (owned !== undefined)
      this.#named.one = owned.replace(/^(?:My|Our)/, (word) => word.toLowerCase());
    if (many !== undefined) this.#named.several = `my ${many.toLowerCase()}`;
  }

  /** "You prefer Elizabeth", after a name was given. */
  #asName(fact: string): string {
    const preferred = /^you (?:would )?prefer (?:to be called )?(\p{Lu}[\p{L}'’-]+)$/u.exec(
      fact,
    )?.[1];
    const before = this.#facts.at(-1);
    return preferred !== undefined && before !== undefined && nameIn(before) !== undefined
      ? `your name is ${preferred}`
      : fact;
  }

  /** "originally from Chile", after "you are from Spain": a clause without a subject takes that of the one before. */
  #completed(fact: string): string {
    const before = this.#facts.at(-1);
    const start = /^(you (?:are|were|live|work|come|go|will \p{L}+|are going|are moving)) /iu.exec(
      before ?? "",
    )?.[1];
    return start !== undefined &&
      /^(?:originally |now |actually )?(?:from|in|at|to) \p{L}/iu.test(fact)
      ? `${start} ${fact}`
      : fact;
  }
}

function exchanged(fact: string, wrong: string, right: string): string | undefined {
  // "They moved the exam to Friday" gives the exam another day, and is no other exam.
  const isSubject = new RegExp(
    `\\b(?:your|the|our) (?:\\p{L}+ )?${literal(wrong)}(?![\\p{L}\\p{N}])`,
    "iu",
  );
  if (/^\p{Ll}/u.test(wrong) && isSubject.test(fact)) return withOtherValue(fact, right);
  const at = fact.toLowerCase().lastIndexOf(wrong.toLowerCase());
  if (at < 0) return undefined;
  const end = at + wrong.length;
  const isWord =
    !/[\p{L}\p{N}]/u.test(fact[at - 1] ?? " ") && !/[\p{L}\p{N}]/u.test(fact[end] ?? " ");
  return isWord ? fact.slice(0, at) + right + fact.slice(end) : undefined;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A fact with another value of the same kind: a figure for a figure, a name for a name; undefined where it has none. */
function withOtherValue(fact: string, right: string): string | undefined {
  if (/^\D*\d/.test(right) && /\d/.test(fact))
    return fact.replace(
      // "3pm" gives way to "4pm" with its letters, and keeps them for a bare "4".
      /\d\s?\p{L}/u.test(right)
        ? /(?:\d[\d.,:/-]*\d|\d)(?:\p{L}+|\s[ap]m\b)?/iu
        : /\d[\d.,:/-]*\d|\d/,
      right.replace(/^(?:at|on) /i, ""),
    );
  const day =
    /\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december)\b/i;
  if (day.test(right))
    return day.test(fact) ? fact.replace(day, right.replace(/^(?:on|in) /i, "")) : undefined;
  const names = [...fact.matchAll(/(?<=\s)\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*/gu)].filter(
    ([name]) => !day.test(name) && name !== "I",
  );
  const last = names.at(-1);
  if (last && /^\p{Lu}/u.test(right))
    return fact.slice(0, last.index) + right + fact.slice(last.index + last[0].length);
  const told = /^(.{1,80}? (?:is|are|called|was)) \S.*$/u.exec(fact)?.[1];
  return told === undefined ? undefined : `${told} ${right}`;
}
