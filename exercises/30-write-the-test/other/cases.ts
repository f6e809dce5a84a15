import { deepEqual } from "node:assert/strict";

interface Model {
  invoke: (prompt: string) => Promise<{ text: string }>;
}

type Sort = (given: { model: Model; message: string }) => Promise<string>;

/** What the program does in all cases, compared as one list. */
export async function test({ sort }: { sort: Sort }) {
  const seen: unknown[] = [];
  const play = async (message: string, reply: () => string) => {
    let calls = 0;
    let isWhole = true;
    const invoke = async (prompt: string) => {
      calls += 1;
      isWhole &&= prompt.includes(message);
      return { text: reply() };
    };
    const found = await sort({ model: { invoke }, message });
    seen.push([found, calls, isWhole]);
  };
  await play("a\nb\nc", () => "Billing.");
  await play("x", () => "delivery\n");
  await play("Who are you?", () => "management");
  await play("Hello", () => {
    throw new Error("timeout");
  });
  await play("...", () => "delivery");
  deepEqual(seen, [
    ["billing", 1, true],
    ["delivery", 1, true],
    ["other", 1, true],
    ["other", 1, true],
    ["other", 0, true],
  ]);
}
