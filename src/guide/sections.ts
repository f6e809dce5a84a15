import topics from "lab:topics";
import { curriculum } from "../../lessons/index.ts";
import type { Passage } from "../handbook/passages.ts";
import { keyOf, keysOf, passageNamed } from "../offline/topics.ts";

/** What a section's file says of its matter; scripts/read-topics.mjs reads it. */
export interface SectionTopics extends Mentions {
  /** in the order in which they are played */
  steps: Mentions[];
  params: Knob[];
  /** what its code takes of packages: classes, functions, methods, options */
  names: string[];
}

interface Mentions {
  title: string;
  /** passages of the handbook that the prose sends to */
  passages: string[];
  /** what the prose writes in italics, where it introduces a term */
  terms: string[];
}

/** A param as its section writes it. */
export interface Knob {
  name: string;
  kind: "integer" | "number" | "text" | "choice" | "flag";
  /** undefined where it is put together of several texts */
  default?: string | number | boolean;
  min?: number;
  max?: number;
  /** undefined where the file takes them from elsewhere */
  choices?: string[];
  help: string;
}

/** A section of the lessons, in which a topic is shown. */
export interface SectionLink {
  /** "memory/window" */
  id: string;
  title: string;
  /** where in it, if not from its beginning: the step's number, from 1, and title */
  step?: { number: number; title: string };
  weight: number;
}

/** How surely a section is about a passage that its title names, or its prose sends to. */
const WEIGHTS = { title: 4, firstPassage: 3, furtherPassage: 1, term: 2 };
/** A step is a part of its section. */
const OF_STEP = 0.75;
/** What a section must have beside a surer one: else it touches upon the topic only. */
const ENOUGH = OF_STEP * WEIGHTS.term;

/** All sections in order: their ids, and what they say of their matter. */
export const allSections = (): [id: string, topics: SectionTopics][] =>
  curriculum.flatMap(({ id, sections }) =>
    sections.map((name): [string, SectionTopics] => {
      const found = topics[`${id}/${name}`];
      if (found === undefined) throw new Error(`lessons/${id}/${name}.ts makes no section`);
      return [`${id}/${name}`, found];
    }),
  );

/**
 * The sections that show what a passage is about: those that send to it, introduce its term, or
 * have its name in their title. The surest first.
 */
export function sectionsOn(passage: Passage): SectionLink[] {
  const names = keysOf(passage);
  const found = allSections()
    .flatMap(([id, section]) => {
      const whole = weightOf(section, passage, names);
      const steps = section.steps.map((step) => OF_STEP * weightOf(step, passage, names));
      const at = steps.findIndex((weight) => weight > 0);
      const weight = whole + steps.reduce((sum, one) => sum + one, 0);
      if (weight === 0) return [];
      const link: SectionLink = { id, title: section.title, weight };
      if (whole === 0) link.step = { number: at + 1, title: section.steps[at]?.title ?? "" };
      return [link];
    })
    .sort((one, other) => other.weight - one.weight);
  const least = Math.min(ENOUGH, found[0]?.weight ?? 0);
  return found.filter(({ weight }) => weight >= least);
}

/** The sections in whose code something of a package stands, by its name. */
export function sectionsUsing(name: string): SectionLink[] {
  const wanted = name.toLowerCase();
  return allSections()
    .filter(([, { names }]) => names.some((one) => one.toLowerCase() === wanted))
    .map(([id, { title }]) => ({ id, title, weight: 0 }));
}

function weightOf(part: Mentions, passage: Passage, names: Set<string>): number {
  const isTold = (term: string) => names.has(keyOf(term)) && passageNamed(term)?.id === passage.id;
  const sent = part.passages.indexOf(passage.id);
  const ofPassage = sent === 0 ? WEIGHTS.firstPassage : WEIGHTS.furtherPassage;
  return (
    (partsOf(part.title).some(isTold) ? WEIGHTS.title : 0) +
    (sent < 0 ? 0 : ofPassage) +
    (part.terms.some(isTold) ? WEIGHTS.term : 0)
  );
}

/**
 * What a title is about: "Top-k and top-p" is about both, "What a token is" about a token. "Graphs:
 * chains with branches and a memory" is not about memory, as an article there tells.
 */
function partsOf(title: string): string[] {
  const [, subject = title] = /^What (?:a|an|the) (.+) is$/.exec(title) ?? [];
  const parts = subject.split(/[:,]|\band\b/).map((part) => part.trim());
  return [subject, ...parts.filter((part) => !/^(?:a|an|the|or) /i.test(part))];
}
