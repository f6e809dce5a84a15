import { describe, expect, test } from "vitest";
import { respond } from "./skills.ts";

const NAMES = [
  "Ada",
  "bob",
  "ada lovelace",
  "x",
  "A",
  "An",
  "李",
  "さくら",
  "김민준",
  "Ж",
  "Éloïse",
  "José Ángel",
  "Ōtani Shōhei",
  "O'Neil",
  "jean-luc picard",
  "van der berg",
  "Will",
  "May Day",
  "R2D2",
  "Maximilian-Alexander von und zu Hohenzollern",
];
const user = (content: string) => ({ role: "user", content });
const reply = async (messages: { role: string; content: string }[]) =>
  String(await respond(messages));

describe.each(NAMES)("the name %s", (name) => {
  const told = `Hi, my name is ${name}.`;

  test("is greeted, and recalled as it was typed, from messages", async () => {
    const greeted = await reply([user(told)]);
    expect(greeted).toContain(`Hello ${name}!`);
    const asked = [
      user(told),
      { role: "assistant", content: greeted },
      user("What is 1+1?"),
      { role: "assistant", content: "1 + 1 is 2." },
      user("What is my name?"),
    ];
    expect(await reply(asked)).toBe(`Your name is ${name}.`);
  });

  test("is recalled from a transcript, and from a summary", async () => {
    const start = "The following is a friendly conversation.\n\nCurrent conversation:\n";
    const lines = `Human: ${told}\nAI: ${await reply([user(told)])}\nHuman: What is my name?\nAI:`;
    expect(await reply([user(start + lines)])).toBe(`Your name is ${name}.`);
    const summary = await reply([
      user(
        `Current summary:\n\n\nNew lines of conversation:\nHuman: ${told}\nAI: Hello!\n\nNew summary:`,
      ),
    ]);
    expect(summary).toContain(name);
    expect(await reply([user(`${start}${summary}\nHuman: What is my name?\nAI:`)])).toBe(
      `Your name is ${name}.`,
    );
  });
});

test.each([
  "my name is a secret",
  "my name is really hard to pronounce",
  "my name is not important",
])("%s gives no name", async (line) => {
  expect(await reply([user(line)])).not.toContain("Hello");
  expect(await reply([user(line), user("What is my name?")])).toMatch(/^I don't know/);
});
