import { sentencesOf } from "../../../language/sentences.ts";
import { correctionIn } from "./corrections.ts";
import type { Fact } from "./facts.ts";
import { nameIn } from "./name.ts";
import { toSecondPerson } from "./person.ts";
import { spelt } from "./spelling.ts";
import { statementsOf } from "./statements.ts";

/** More is never read: a conversation that holds more facts is no conversation. */
const MOST = 2000;

/**
 * Facts as they are told one after the other: pronouns get what they stand for, corrections change
 * what stands.
 */
export class FactList {
  readonly #facts: string[] = [];
  /** what "she", "it" or "they" stands for, as "my sister", by what was named last */
  #named: { one?: string; several?: string } = {};
  /** for each fact the message that told it, or changed it last */
  readonly #sources = new Map<string, string>();
  #message: string | undefined;

  /** Takes in a message of the human's. */
  tell(message: string): void {
    this.#message = message;
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
    this.#message = undefined;
  }

  add(fact: string): void {
    const text = this.#completed(this.#asName(fact));
    const same = this.#facts.indexOf(text);
    if (same >= 0) this.#facts.splice(same, 1);
    if (this.#facts.length < MOST) this.#push(text);
  }

  /** Takes in what a reply repeats, unless it is known. */
  repeat(fact: string): void {
    const said = fact.toLowerCase();
    if (!this.#facts.some((text) => text.toLowerCase().includes(said))) this.add(fact);
  }

  facts(): Fact[] {
    return this.#facts.map((text, order) => ({ text, order, source: this.#sources.get(text) }));
  }

  #push(fact: string): void {
    this.#facts.push(fact);
    if (this.#message !== undefined) this.#sources.set(fact, this.#message);
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
      this.#push(changed);
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
        .replace(/^(?:he|she)['’]s (?=\S)/iu, `${one} is `)
        .replace(/^(?:he|she)(?= \p{L})/iu, one)
        .replace(/^(?:his|her) (?=\p{L})/iu, `${one}'s `);
      if (!IS_PERSON.test(one) && !OF_WEATHER.test(clause))
        resolved = resolved
          .replace(/^it['’]s (?=\S)/iu, `${one} is `)
          .replace(/^it(?= \p{L})/iu, one)
          .replace(/^its (?=\p{L})/iu, `${one}'s `);
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
      /\b(?:have|have got|'ve got|’ve got|got|has|owns?|bought|adopted|keeps?|met|found|adore|love|like) (?:an?|my|our) ((?:[\p{L}-]+ ){0,2}?[\p{L}-]+)(?=$|[,.;]| (?:called|named|who|which|that|yesterday|today|last|from|in|at|and|with|is|it)\b)/iu.exec(
        clause,
      )?.[1];
    const many =
      /\b(?:have|have got|'ve got|’ve got|got|own|adopted|keep) (?:two|three|four|five|six|several|some|many|\d+) ((?:[\p{L}-]+ ){0,1}?[\p{L}-]+s)\b/iu.exec(
        clause,
      )?.[1];
    const whose = /^((?:my|our) \p{Ll}+)(?= \p{Ll}+s )/u.exec(
      clause.replace(/^\p{Lu}/u, (first) => first.toLowerCase()),
    )?.[1];
    if (had !== undefined)
      this.#named.one = `${whose === undefined ? "my" : `${whose}'s`} ${had.toLowerCase()}`;
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

  /**
   * "originally from Chile", after "you are from Spain": a clause without a subject takes that of
   * the one before.
   */
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

/** "It's raining" speaks of nothing that was named. */
const OF_WEATHER =
  /^it(?:['’]s| is| was| has been|['’]ll be| will be)?(?: \p{L}+)? (?:rain\p{L}*|snow\p{L}*|sunny|cloudy|windy|foggy|stormy|freezing|dark|late|early|time|true|funny|strange|(?:mon|tues|wednes|thurs|fri|satur|sun)day|my turn|my birthday)\b/iu;
/** "My uncle", of whom nobody says "it"; a pet is "it" too. */
const IS_PERSON =
  /\b(?:mother|father|mum|mom|dad|parents?|sister|brother|son|daughter|child|wife|husband|partner|spouse|girlfriend|boyfriend|aunt|uncle|cousin|niece|nephew|gran\p{L}*|friend|boss|colleague|flatmate|roommate|neighbou?r|teacher|doctor|dentist|supervisor|manager)$/iu;

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
  if (!isWord) return undefined;
  // "Platform 5, not 3" of "from platform 3": its noun is there already.
  const [noun = ""] = /^\p{L}+ /u.exec(right) ?? [];
  const before = fact.slice(0, at);
  const isThere = noun !== "" && before.toLowerCase().endsWith(noun.toLowerCase());
  return before + (isThere ? right.slice(noun.length) : right) + fact.slice(end);
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * A fact with another value of the same kind: a figure for a figure, a name for a name; undefined
 * where it has none.
 */
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
