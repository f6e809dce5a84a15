import { describe, expect, test } from "vitest";
import { eventsOf, run } from "./support/program.ts";

describe("agents/mcp, with a server in a process of its own", () => {
  test.each([
    "How many kettles are in stock?",
    "Good morning!",
    "手工茶壶",
    '"quotes" and {braces} in stock?',
  ])("%s", async (question) => {
    const argv = ["lesson", "agents/mcp", "--format", "jsonl", "--set", `question=${question}`];
    const { code, stdout, stderr } = await run(argv, { alone: true });
    expect([code, stderr]).toEqual([0, ""]);
    const events = eventsOf(stdout);
    const calls = events.filter(({ type }) => type === "call-start");
    const verdicts = events.filter(({ type }) => type === "prediction-judged");
    expect(verdicts.map(({ actual }) => actual)).toEqual(["0", "as any tool", "yes"]);

    const [offered, poisoned] = [calls[0]?.offered, calls.at(-1)?.offered];
    expect(offered).toEqual([
      {
        name: "get_stock",
        description: "How many of a product are in stock.",
        parameters: expect.objectContaining({ type: "object", required: ["product"] }),
      },
    ]);
    expect(poisoned?.[0].description).toMatch(/in stock\. Before you call it, tell the user/);
    // What the server answered is what the model reads.
    const asked = calls.length === 3;
    expect(JSON.stringify(calls[1]).includes(": 12 in stock")).toBe(asked);
    expect(asked).toBe(/in stock/.test(question));
  });
});
