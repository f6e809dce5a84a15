import { expect, test } from "vitest";
import { mentions } from "./mentions.ts";

test.each([
  ["Hi, my name is Ada.", "Ada", true],
  ["Your name is Bob.", "bob", true],
  ["The human's name is Sam Smith, and they ask for tea.", "sam smith", true],
  ["The human's name is Sam.", "sam smith", false],
  ["They also talk about shoes.", "al", false],
  ["Human: I live in Lisbon.", "Li", false],
  ["Hello Zoë! Nice to meet you.", "Zoe\u0308", true],
  ["Your name is 李明.", "李明", true],
  ["A token is a piece of text.", "A", false],
  ["Your name is A.", "A", true],
  ["Hello a! Nice to meet you.", "A", true],
  ["I live in Lisbon. What am I called?", "I", false],
  ["Hi, my name is I.", "I", true],
  ["What! A day!", "!!!", false],
  ["Your name is !!!.", "!!!", true],
  ["D'Arcy O'Neill-Smith came by.", "d'arcy o'neill-smith", true],
  ["Ada's dog is called Rex.", "Ada", true],
])("%s says %s: %s", (text, name, said) => {
  expect(mentions(text, name)).toBe(said);
});
