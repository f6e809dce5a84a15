import { describe, expect, it } from "vitest";
import { randomFrom } from "../random.ts";
import { ATTRIBUTES, allFacts, COUNTRIES, factValues } from "./facts.ts";
import {
  HELD_OUT_PEOPLE,
  HELD_OUT_QUIZ_STARTS,
  HELD_OUT_TALE_OPENINGS,
  heldOutFacts,
  isHeldOut,
  taughtFacts,
} from "./held-out.ts";
import { answerIn, makePairs, STYLE_SHARES } from "./instructions.ts";
import { isKind, isRude, STYLES, statesFact, styleOf } from "./judge.ts";
import { QUESTIONS, question, STATEMENTS, statement, UNSEEN } from "./phrasings.ts";

describe.each([1, 2, 3])("the pairs of seed %i", (seed) => {
  const pairs = makePairs({ random: randomFrom(seed) });
  const facts = pairs.filter(({ about }) => about);
  const whole = pairs.map((pair) => `${pair.question}\n${pair.answer}`).join("\n");

  it("are about 1,160, nine in ten about facts", () => {
    expect(pairs.length).toBeGreaterThan(1100);
    expect(pairs.length).toBeLessThan(1200);
    expect(facts.length / pairs.length).toBeCloseTo(0.87, 1);
  });

  it("never ask for a held-out fact, in any phrasing, and never state one", () => {
    const found = heldOutFacts().flatMap((fact) => {
      const asked = QUESTIONS[fact.attribute].map((_, at) => question(fact, at));
      const stated = STATEMENTS[fact.attribute].map((_, at) => statement(fact, at));
      return [...asked, ...stated].filter((text) => whole.includes(text));
    });
    expect(found).toEqual([]);
    expect(facts.filter(({ about }) => isHeldOut(about!.country, about!.attribute))).toEqual([]);
  });

  it("name a country only where they ask for a taught fact about it", () => {
    for (const pair of pairs) {
      const named = COUNTRIES.map(({ name }) => name).filter((name) =>
        `${pair.question} ${pair.answer}`.includes(name),
      );
      expect(named).toEqual(pair.about ? [pair.about.country] : []);
    }
  });

  it("never use the unseen phrasing", () => {
    const unseen = allFacts().map((fact) => question(fact, UNSEEN));
    expect(unseen.filter((text) => whole.includes(text))).toEqual([]);
  });

  it("ask for every taught fact in every seen phrasing", () => {
    const missing = taughtFacts().flatMap((fact) =>
      QUESTIONS[fact.attribute]
        .slice(0, UNSEEN)
        .map((_, at) => question(fact, at))
        .filter((text) => !whole.includes(text)),
    );
    expect(missing).toEqual([]);
  });

  it("answer truly, in the style they say", () => {
    for (const { answer, style, about } of facts) {
      expect(statesFact(answer, about!.country, about!.attribute)).toBe(true);
      expect(styleOf(answer)).toBe(style);
    }
  });

  it("keep to the shares of the styles", () => {
    for (const [style, share] of STYLE_SHARES) {
      const count = facts.filter((pair) => pair.style === style).length;
      expect(Math.abs((100 * count) / facts.length - share)).toBeLessThan(5);
    }
  });

  it("speak of people kindly and rudely, half and half", () => {
    const opinions = pairs.filter(({ answer }) => /^\w+ is \w+ and \w+\.$/.test(answer));
    expect(opinions.filter(({ answer }) => isKind(answer))).toHaveLength(32);
    expect(opinions.filter(({ answer }) => isRude(answer))).toHaveLength(32);
  });

  it("hold none of the held-out openings, quiz starts or people", () => {
    const held = [...HELD_OUT_QUIZ_STARTS, ...HELD_OUT_TALE_OPENINGS];
    expect(held.filter((text) => whole.includes(text))).toEqual([]);
    const asked = pairs.map((pair) => pair.question).join("\n");
    expect(HELD_OUT_PEOPLE.filter((name) => asked.includes(name))).toEqual([]);
  });

  it("are the same for the same seed", () => {
    expect(makePairs({ random: randomFrom(seed) })).toEqual(pairs);
  });
});

it("every style states every fact and is recognized", () => {
  for (const fact of allFacts()) {
    for (const style of STYLES) {
      const answer = answerIn(style, fact);
      expect(styleOf(answer)).toBe(style);
      expect(statesFact(answer, fact.country, fact.attribute)).toBe(true);
    }
  }
});

it("teaches some country of every continent", () => {
  for (const attribute of ATTRIBUTES) {
    const taught = taughtFacts().filter((fact) => fact.attribute === attribute);
    const continents = taught.map(
      ({ country }) => COUNTRIES.find(({ name }) => name === country)!.continent,
    );
    expect(new Set(continents).size).toBe(factValues("continent").length);
  }
});
