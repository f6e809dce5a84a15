import { formatValue } from "../format.ts";
import type { Passage } from "../handbook/passages.ts";
import { wordsOf } from "../language/words.ts";
import { keyOf, keysOf, passageNamed } from "../offline/topics.ts";
import { allSections, type Knob, type SectionLink } from "./sections.ts";

/** A param of a section. */
export interface KnobLink {
  section: string;
  knob: Knob;
}

/**
 * Params that a passage is about: those with its name, those whose help says it, and of the
 * sections that show it those that its text mentions. The surest first.
 */
export function knobsOn(passage: Passage, links: readonly SectionLink[]): KnobLink[] {
  const names = keysOf(passage);
  const shown = new Set(links.map(({ id }) => id));
  const mentioned = new Set(wordsOf(passage.text));
  const rankOf = ({ section, knob }: KnobLink): number => {
    if (names.has(nameOf(knob))) return shown.has(section) ? 3 : 2;
    if (!shown.has(section)) return 0;
    if (namedIn(knob.help).includes(passage.id)) return 1;
    return knob.name.length < 3 && mentioned.has(knob.name) ? 1 : 0;
  };
  return allKnobs()
    .map((one) => ({ ...one, rank: rankOf(one) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ section, knob }) => ({ section, knob }));
}

/** Params of a name, however it is written. */
export function knobsNamed(word: string): KnobLink[] {
  const key = nameOf({ name: word });
  return key === "" ? [] : allKnobs().filter(({ knob }) => nameOf(knob) === key);
}

/** What a param takes by itself, and between what, in a few words. */
export function rangeOf({ kind, default: usual, min, max, choices }: Knob): string {
  const from = min === undefined ? "" : `${formatValue(min)} to ${formatValue(max ?? min)}, `;
  if (kind === "choice") return choices?.join(", ") ?? `default ${formatValue(usual ?? "")}`;
  if (kind === "flag") return "yes or no";
  return kind === "text" || usual === undefined ? "a text" : `${from}default ${formatValue(usual)}`;
}

const allKnobs = (): KnobLink[] =>
  allSections().flatMap(([section, { params }]) => params.map((knob) => ({ section, knob })));

/** "topP" as the words "top p". */
const nameOf = ({ name }: Pick<Knob, "name">): string =>
  keyOf(name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]+/g, " "));

/** Ids of the passages that a line names; the longest name counts, as in "token limit". */
function namedIn(line: string): string[] {
  const words = wordsOf(line);
  const found: string[] = [];
  for (let at = 0; at < words.length; ) {
    const lengths = [4, 3, 2, 1].filter((length) => at + length <= words.length);
    const taken = lengths.find((length) => passageNamed(words.slice(at, at + length).join(" ")));
    const named = taken && passageNamed(words.slice(at, at + taken).join(" "));
    if (named) found.push(named.id);
    at += taken ?? 1;
  }
  return found;
}
