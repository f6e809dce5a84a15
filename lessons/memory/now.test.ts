import { describe, expect, test } from "vitest";
import { eventsOf, run } from "../../test/support/program.ts";

/** A line of a conversation, whoever wrote it down. */
type Line = [speaker: "human" | "ai", text: string];

interface Part {
  origin: string;
  text: string;
}

/** The events of one step of the lesson. */
async function stepEvents(section: string, step: string, set: string[] = []) {
  const flags = set.flatMap((setting) => ["--set", setting]);
  const events = eventsOf(
    (
      await run([
        "lesson",
        `memory/${section}`,
        ...flags,
        "--format",
        "jsonl",
      ])
    ).stdout,
  );
  const from = events.findIndex(
    (event) =>
      event.type === "step-start" &&
      event.step === `memory/${section}/${step}`,
  );
  return events.slice(
    from,
    events.findIndex((event, at) => at > from && event.type === "step-end"),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: events as they were parsed
const promptsOf = (events: any[]) =>
  events
    .filter(
      (event) => event.type === "call-start" && event.purpose === "answer",
    )
    .map((event) =>
      event.messages.map(
        ({ role, parts }: { role: string; parts: { text: string }[] }) => [
          role,
          parts.map((part) => part.text).join(""),
        ],
      ),
    );

/** The conversation in a prompt that the classic chain wrote as one text. */
function classicLines([message]: [string, string][]): Line[] {
  const conversation = message?.[1].split("Current conversation:\n")[1] ?? "";
  return [...conversation.matchAll(/^(Human|AI): (.+)$/gm)].map(
    ([, who, said]) => [who === "Human" ? "human" : "ai", said ?? ""],
  );
}

/** The conversation in a list of chat messages. */
function chatLines(messages: [string, string][]): Line[] {
  return messages.map(([role, text]) => [
    role === "user" ? "human" : "ai",
    text,
  ]);
}

describe("then and now send the same conversation", () => {
  test.each(["1", "2"])(
    "a window of %s: BufferWindowMemory, trimMessages and middleware",
    async (k) => {
      const classic = promptsOf(
        await stepEvents("window", "forgets", [`k=${k}`]),
      ).map(classicLines);
      const trimmed = promptsOf(
        await stepEvents("now", "trims", [`k=${k}`]),
      ).map(chatLines);
      const windowed = promptsOf(
        await stepEvents("now", "windowed", [`k=${k}`]),
      ).map(chatLines);
      expect(classic).toHaveLength(3);
      expect(trimmed).toEqual(classic);
      expect(windowed).toEqual(classic);
    },
  );

  test("everything: BufferMemory and an agent's thread; another thread has nothing of it", async () => {
    const [first, second, other] = promptsOf(
      await stepEvents("now", "agent"),
    ).map(chatLines);
    const [hello, reply] = second ?? [];
    expect(first).toEqual([hello]);
    expect(second).toEqual([hello, reply, ["human", "What is my name?"]]);
    expect(other).toEqual([["human", "What is my name?"]]);
    const classic = promptsOf(
      await stepEvents("buffer", "grows", ["question=What is my name?"]),
    ).map(classicLines);
    expect(second).toEqual(classic[1]);
  });

  test("a summary: the model's own words stand in the next prompt, as in the classic memory", async () => {
    for (const [section, step] of [
      ["summary", "condenses"],
      ["now", "summarises"],
    ] as const) {
      const events = await stepEvents(section, step);
      const hidden = events.findLast(
        (event) =>
          event.type === "call-start" &&
          event.purpose === "summary" &&
          events.some(
            (other) =>
              other.type === "call-start" &&
              other.purpose === "answer" &&
              other.call > event.call,
          ),
      );
      const summary = events.find(
        (event) => event.type === "call-end" && event.call === hidden.call,
      ).text;
      const next = events.find(
        (event) =>
          event.type === "call-start" &&
          event.purpose === "answer" &&
          event.call > hidden.call,
      );
      const part = next.messages
        .flatMap((message: { parts: Part[] }) => message.parts)
        .find(({ origin }: Part) => origin === "summary");
      expect(part?.text).toBe(summary);
    }
  });

  test("the memory on disk is what the second agent sends", async () => {
    const [first, second] = promptsOf(
      await stepEvents("now", "survives", ["name=Grace"]),
    ).map(chatLines);
    expect(first).toEqual([["human", "Hi, my name is Grace."]]);
    expect(second?.[0]).toEqual(first?.[0]);
    expect(second).toHaveLength(3);
  });
});
