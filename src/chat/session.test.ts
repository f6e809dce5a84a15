import { expect, test } from "vitest";
import { loadCounter } from "../model/tokens.ts";
import { connectOffline } from "../run/offline.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import { memoryKinds } from "./kinds.ts";
import { ChatSession } from "./session.ts";

/** Says lines to a memory, and gives what happened; lines after the end are not taken. */
async function chat(memory: string, lines: string[], params = {}) {
  const kind = memoryKinds[memory];
  if (!kind) throw new Error(memory);
  const events: LabEvent[] = [];
  const emit = (event: LabEvent) => {
    events.push(event);
  };
  const countTokens = await loadCounter("offline-tutor");
  const connection = await connectOffline({ emit, countTokens });
  const session = new ChatSession({ kind, params, events, emit, ...connection });
  const taken: string[] = [];
  for (const line of lines) {
    if (!(await session.take(line))) break;
    taken.push(line);
  }
  const of = <T extends LabEvent["type"]>(type: T) =>
    events.filter((event): event is EventOf<T> => event.type === type);
  return { taken, of, notes: of("note-shown").map(({ text }) => text) };
}

test("a turn shows what the memory sent with it, before the reply", async () => {
  const { of } = await chat("window", ["I am Ada.", "What is 1+1?"], { k: 1 });
  const calls = of("call-start").map(({ messages }) =>
    messages.flatMap(({ parts }) => parts.map(({ text }) => text)).join(""),
  );
  const shown = of("memory-shown").map(({ content }) => content);
  expect(shown).toHaveLength(2);
  expect(shown[0]).toBe("");
  expect(shown[1]).toContain("I am Ada.");
  expect(calls[1]).toContain(shown[1]);
});

test.each(["quit", "QUIT", " exit ", "/quit", "/exit"])("%s ends the chat", async (word) => {
  const { taken, of } = await chat("buffer", ["I am Ada.", word, "never"]);
  expect(taken).toEqual(["I am Ada."]);
  expect(of("call-start")).toHaveLength(1);
});

test.each(["help", "?", "/help"])("%s lists the commands, and asks no model", async (word) => {
  const { notes, of } = await chat("buffer", [word]);
  expect(notes.join()).toContain("/set");
  expect(of("call-start")).toEqual([]);
});

test("a line that only begins like a command is said to the model", async () => {
  const { of } = await chat("buffer", ["help me with a sum: 2+2", "?!"]);
  expect(of("turn-start").map(({ input }) => input)).toEqual(["help me with a sum: 2+2", "?!"]);
});

test("/set widens a window, which then sends the lines that it still stores", async () => {
  const lines = ["I am Ada.", "What is 1+1?", "/set k 5", "/memory", "/set"];
  const { of, notes } = await chat("window", lines, { k: 1 });
  expect(of("memory-shown").at(-1)?.content).toContain("I am Ada.");
  expect(notes).toEqual(["From your next line on: k = 5", "k = 5"]);
});

test("/set keeps a summary, and the lines beside it", async () => {
  const said = Array.from({ length: 4 }, (_, at) => `My door ${at} has the code ${at}${at}${at}.`);
  const lines = [...said, "/memory", "/set limit=900", "/memory"];
  const { of } = await chat("summary-buffer", lines, { limit: 30 });
  const [before, after] = of("memory-shown").slice(-2);
  expect(before?.content).not.toBe("");
  expect(after?.content).toBe(before?.content);
});

test.each([
  ["/set k 0", /"0" is not a valid value for k\.\nk takes a whole number/],
  ["/set limit 3", /no param called "limit"/],
])("%s is refused with a sentence", async (line, sentence) => {
  expect((await chat("window", [line], { k: 1 })).notes.join()).toMatch(sentence);
});

test("a memory without settings says so", async () => {
  expect((await chat("buffer", ["/set"])).notes).toEqual(["This memory has no settings."]);
});
