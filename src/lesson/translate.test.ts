import { describe, expect, test } from "vitest";
import type { Answer, Question } from "../stage/port.ts";
import type { LabEvent } from "../trace/events.ts";
import { templateOf, translated } from "./translate.ts";

const start = (name: string): LabEvent => ({
  type: "section-start",
  section: "memory/window",
  title: "A window",
  prose: "One.\n\nTwo.",
  params: [
    { name: "name", kind: "text", value: name, default: "Ada", help: "a name", range: "any" },
  ],
});

const CATALOGUE = {
  "One.": "Eins.",
  "Does the model know {name} after {1} turns?": "Kennt das Modell nach {1} Runden {name}?",
  yes: "ja",
  no: "nein",
};

async function shown(...events: LabEvent[]): Promise<LabEvent[]> {
  const seen: LabEvent[] = [];
  const emit = (event: LabEvent) => void seen.push(event);
  const ask = async (): Promise<Answer> => ({ value: null, by: "nobody" });
  const german = translated({ emit, ask }, CATALOGUE);
  for (const event of events) await german.emit(event);
  return seen;
}

describe("a lesson in another language", () => {
  test("shows the paragraphs that are translated, and the others in English", async () => {
    const [section] = await shown(start("Ada"));
    expect(section).toMatchObject({ title: "A window", prose: "Eins.\n\nTwo." });
  });

  test.each(["Ada", "Mary Ann", "é", "42", "(x)"])("puts the param %j back", async (name) => {
    const question = `Does the model know ${name} after 3 turns?`;
    const asked: LabEvent = { type: "question-asked", question, choices: ["yes", "perhaps"] };
    const [, seen] = await shown(start(name), asked);
    expect(seen).toMatchObject({
      question: `Kennt das Modell nach 3 Runden ${name}?`,
      choices: ["ja", "perhaps"],
    });
  });

  test("takes an answer as it is shown, and hands on the choice of the lesson", async () => {
    const questions: Question[] = [];
    const ask = async (question: Question): Promise<Answer> => {
      questions.push(question);
      return { value: "nein", by: "learner" };
    };
    const german = translated({ emit: () => {}, ask }, CATALOGUE);
    const question = {
      kind: "choice",
      question: "Q",
      choices: ["yes", "no"],
      fallback: null,
    } as const;
    expect(await german.ask({ ...question, choices: ["yes", "no"] })).toMatchObject({
      value: "no",
    });
    expect(questions).toMatchObject([{ choices: ["ja", "nein"] }]);
  });
});

test("a template has places for params and numbers, longest value first", () => {
  const values = { name: "Ada", more: "Ada Byron", k: 2 };
  const { template, fillings } = templateOf("Ada Byron and Ada, not Adam: 2 of 1,000.", values);
  expect(template).toBe("{more} and {name}, not Adam: {1} of {2}.");
  expect(Object.fromEntries(fillings)).toEqual({
    more: "Ada Byron",
    name: "Ada",
    1: "2",
    2: "1,000",
  });
});
