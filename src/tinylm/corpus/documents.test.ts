import { describe, expect, it } from "vitest";
import { randomFrom } from "../random.ts";
import { makeDocuments } from "./documents.ts";
import { ATTRIBUTES, allFacts } from "./facts.ts";
import { HELD_OUT_QUIZ_STARTS, HELD_OUT_TALE_OPENINGS, heldOutFacts } from "./held-out.ts";
import { isQuestion } from "./judge.ts";
import { QUESTIONS, question, STATEMENTS, statement, UNSEEN, VALUE_LAST } from "./phrasings.ts";

const seeds = [1, 2, 3];
const texts = seeds.map((seed) => makeDocuments({ random: randomFrom(seed) }));
const isQuiz = (text: string) => text.split("\n").slice(1).every(isQuestion) && text.includes("\n");

describe.each(texts.map((documents, at) => ({ documents, seed: seeds[at]! })))(
  "the pre-training text of seed $seed",
  ({ documents, seed }) => {
    const whole = documents.join("\n\n");

    it("has 6,000 documents and about 0.8 million characters", () => {
      expect(documents).toHaveLength(6000);
      expect(whole.length).toBeGreaterThan(720_000);
      expect(whole.length).toBeLessThan(920_000);
    });

    it("states every fact in every phrasing", () => {
      const missing = allFacts().flatMap((fact) =>
        STATEMENTS[fact.attribute]
          .map((_, at) => statement(fact, at))
          .filter((text) => !whole.includes(text)),
      );
      expect(missing).toEqual([]);
    });

    it("asks in every phrasing, the unseen one too", () => {
      for (const attribute of ATTRIBUTES) {
        const asked = (at: number) =>
          allFacts().filter(
            (fact) => fact.attribute === attribute && whole.includes(question(fact, at)),
          ).length;
        for (const at of QUESTIONS[attribute].keys()) expect(asked(at)).toBeGreaterThan(30);
        expect(asked(UNSEEN)).toBeGreaterThan(30);
      }
    });

    it("follows a question about a country with nothing but questions", () => {
      const quizzes = documents.filter(isQuiz);
      expect(quizzes.length / documents.length).toBeCloseTo(0.25, 1);
      const exams = documents.filter((text) => text.startsWith("Q: "));
      const rest = documents.filter((text) => !isQuiz(text) && !exams.includes(text)).join("\n");
      const asked = allFacts().flatMap((fact) =>
        QUESTIONS[fact.attribute].map((_, at) => question(fact, at)),
      );
      expect(asked.filter((text) => rest.includes(text))).toEqual([]);
      // Only in an exam is a question answered, and never one about a held-out fact.
      expect(exams.length / documents.length).toBeCloseTo(0.06, 1);
      const held = heldOutFacts().map((fact) => statement(fact, VALUE_LAST));
      expect(held.filter((text) => exams.join("\n").includes(text))).toEqual([]);
      const headed = quizzes.filter((text) => !isQuestion(text.split("\n")[0]!));
      expect(headed.length / quizzes.length).toBeLessThan(0.2);
    });

    it("never holds a held-out opening or quiz start", () => {
      const held = [...HELD_OUT_QUIZ_STARTS, ...HELD_OUT_TALE_OPENINGS];
      expect(held.filter((text) => whole.includes(text))).toEqual([]);
    });

    it("is the same for the same seed", () => {
      expect(makeDocuments({ random: randomFrom(seed) })).toEqual(documents);
    });
  },
);

it("differs from seed to seed", () => {
  expect(texts[0]).not.toEqual(texts[1]);
});

it("states facts value first, and only so, with one phrasing", () => {
  const whole = makeDocuments({ random: randomFrom(1), phrasings: 1 }).join("\n");
  for (const fact of allFacts()) {
    expect(whole).toContain(statement(fact, 0));
    for (const at of [1, 2, 3, 4, 5]) expect(whole).not.toContain(statement(fact, at));
  }
});

describe("what is held out", () => {
  it("is 20 facts per attribute, a different rotation for each", () => {
    const countries = ATTRIBUTES.map((attribute) =>
      heldOutFacts()
        .filter((fact) => fact.attribute === attribute)
        .map(({ country }) => country),
    );
    for (const list of countries) expect(list).toHaveLength(20);
    expect(new Set(countries.map((list) => list.join())).size).toBe(5);
  });

  it("has openings of the very form that tales take", () => {
    const nearby = HELD_OUT_TALE_OPENINGS.map((text) => text.replace(/ named \w+\.$/, " named "));
    const whole = texts.flat().join("\n");
    for (const start of nearby) expect(whole).toContain(start);
  });

  it("has twenty quiz starts that are questions", () => {
    expect(new Set(HELD_OUT_QUIZ_STARTS).size).toBe(20);
    expect(HELD_OUT_QUIZ_STARTS.every(isQuestion)).toBe(true);
  });
});
