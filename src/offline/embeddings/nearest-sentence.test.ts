import { expect, test } from "vitest";
import { nearestSentences } from "./nearest-sentence.ts";

const BOILER = {
  heading: "Heating › Boiler",
  sentences: [
    "The boiler is serviced every October by Kessler & Sons.",
    "Its pressure has to stay between 1.2 and 1.8 bar.",
  ],
};
const LEASE = {
  heading: "",
  sentences: ["The deposit is 2,400 euros.", "Pets need the written consent of the landlord."],
};
const EMPTY = { heading: "Nothing", sentences: [] };

test.each([
  [
    "How far may the gauge of the heating drop?",
    "Its pressure has to stay between 1.2 and 1.8 bar.",
  ],
  ["Who services the boiler?", "The boiler is serviced every October by Kessler & Sons."],
])("%s", async (question, sentence) => {
  expect((await nearestSentences(question, [LEASE, BOILER, EMPTY]))[1]).toBe(sentence);
});

test("each passage gives a sentence of its own, one without any none", async () => {
  const chosen = await nearestSentences("Am I allowed a dog?", [BOILER, EMPTY, LEASE]);
  expect(chosen).toHaveLength(3);
  expect(chosen.slice(1)).toEqual(["", "Pets need the written consent of the landlord."]);
});

test("a question without a word gets the first sentences", async () => {
  expect(await nearestSentences("???", [BOILER, LEASE])).toEqual([
    BOILER.sentences[0],
    LEASE.sentences[0],
  ]);
});
