import { expect, test } from "vitest";
import { embedText } from "./embed.ts";
import { questionVector } from "./question.ts";

const nearness = (question: readonly number[], text: string) =>
  embedText(text).reduce((sum, value, at) => sum + value * question[at]!, 0);

const asText = (question: string) => [...embedText(question)];
const asQuestion = (question: string) => questionVector(asText(question));

test("a question's vector has length 1", () => {
  expect(Math.hypot(...asQuestion("Where is the key of the cellar?"))).toBeCloseTo(1, 6);
});

test("a question is nearer to its answer than to a text that has its words", () => {
  const question = "Where can I leave my car?";
  const answer = "Vehicles stand in the yard behind the house.";
  const words = "The car club leaves a leaflet in each letter box.";
  expect(nearness(asText(question), answer)).toBeLessThan(nearness(asText(question), words));
  expect(nearness(asQuestion(question), answer)).toBeGreaterThan(
    nearness(asQuestion(question), words),
  );
});

test("vectors of another model stay as they are", () => {
  expect(questionVector([3, 4])).toEqual([3, 4]);
});
