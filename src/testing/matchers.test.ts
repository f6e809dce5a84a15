import { AssertionError } from "node:assert";
import OpenAI from "openai";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Endpoint,
  matchers,
  not,
  scripted,
  toHaveCalled,
  toHaveSent,
  toHaveSentTokens,
  toStayWithin,
} from "./main.ts";
import "./vitest.ts";

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await conversation();
});

/** A program that asks three times; the third time the script has ended. */
async function conversation(): Promise<Endpoint> {
  const made = scripted([
    "Hello Ada.",
    { toolCalls: [{ name: "search", arguments: { query: "rye", k: 3 } }] },
  ]);
  const client = new OpenAI({ apiKey: "none", fetch: made.fetch, maxRetries: 0 });
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: "system", content: "You are a baker.\nBe brief." },
    { role: "user", content: "My name is Ada." },
  ];
  const tools = [{ type: "function" as const, function: { name: "search" } }];
  for (const next of ["How much is rye?", "And spelt?"]) {
    const reply = await client.chat.completions.create({ model: "gpt-4o", messages, tools });
    const said = reply.choices[0]!.message;
    messages.push(said);
    for (const call of said.tool_calls ?? [])
      messages.push({ role: "tool", tool_call_id: call.id, content: "rye: 4 euros" });
    messages.push({ role: "user", content: next });
  }
  await client.chat.completions.create({ model: "gpt-4o", messages }).catch(() => {});
  return made;
}

/** What a failing expectation says. */
function said(work: () => void): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
}

describe("toHaveSent", () => {
  test("a text, a pattern, messages in order, in one call or in any", () => {
    expect(endpoint).toHaveSent("My name is Ada.");
    expect(endpoint).toHaveSent(/name is \w+\.$/m);
    expect(endpoint).toHaveSent({ role: "system", content: "baker" });
    expect(endpoint).toHaveSent([
      { role: "user", content: /Ada/ },
      { role: "assistant", toolCalls: [{ name: "search", arguments: { k: 3, query: "rye" } }] },
      { role: "tool", content: "4 euros" },
    ]);
    expect(endpoint.calls[0]).not.toHaveSent("rye");
    expect(endpoint.calls.slice(1)).toHaveSent("How much is rye?");
    expect(endpoint).not.toHaveSent("Grace");
    expect(endpoint).not.toHaveSent([{ role: "tool" }, { role: "system" }]);
  });

  test("a pattern with the flags g and y holds each time, anywhere", () => {
    for (const pattern of [/Ada/g, /Ada/y])
      for (const _ of [1, 2, 3]) expect(endpoint).toHaveSent(pattern);
  });

  test("says what was sent instead, and the nearest line", () => {
    expect(said(() => expect(endpoint.calls[0]).toHaveSent("My name is Grace."))).toBe(
      [
        'Expected a call to send "My name is Grace.", and the only call did not.',
        "  - expected: My name is Grace.",
        "  + sent:     My name is Ada.",
        "What it sent:",
        "  call 1 to gpt-4o, 24 tokens",
        "  system │ You are a baker.",
        "         │ Be brief.",
        "  user   │ My name is Ada.",
        "  tools: search",
      ].join("\n"),
    );
  });

  test("of several calls it shows the nearest whole, and a line of each of the others", () => {
    const text = said(() => expect(endpoint).toHaveSent("How much is the rye?"));
    expect(text).toMatch(
      /^Expected a call to send "How much is the rye\?", and none of 3 calls did\.$/m,
    );
    expect(text).toMatch(/^The nearest is call 3:$/m);
    expect(text).toMatch(/^ {2}tool {6}│ rye: 4 euros$/m);
    expect(text).toMatch(/^ {12}│ → search\(\{"query":"rye","k":3\}\)$|assistant │ → search/m);
    expect(text).toMatch(
      /^The others:\n {2}call 1 to gpt-4o, \d+ tokens, user: "My name is Ada\."$/m,
    );
    expect(text).toContain("failed (400): The script has 2 replies, and call 3 asks for another.");
  });

  test("names the message that is missing, and what stands in its place", () => {
    const text = said(() =>
      expect(endpoint).toHaveSent([
        { role: "system", content: "baker" },
        { role: "user", content: "My name is Bob." },
      ]),
    );
    expect(text).toContain(
      'Message 2 of them is not there after message 1: a message of role user with "My name is Bob.".',
    );
    expect(text).toContain("  - expected: My name is Bob.\n  + sent:     My name is Ada.");
  });

  test("what should not be sent is marked in the prompt that sent it", () => {
    expect(said(() => expect(endpoint).not.toHaveSent("Ada"))).toMatch(
      /^Expected no call to send "Ada", and call 1 sent it:\n.*\n {2}system.*\n.*\n> user {3}│ My name is Ada\.$/m,
    );
  });

  test("no call at all is told", () => {
    expect(said(() => toHaveSent(scripted([]), "Hi"))).toBe(
      'Expected a call to send "Hi", and no call was sent.',
    );
  });

  test("a mistake of the test is told as one", () => {
    expect(said(() => toHaveSent(endpoint, ""))).toBe("Every prompt contains an empty text.");
    expect(said(() => toHaveSent(endpoint, [{ rol: "user" } as never]))).toMatch(
      /messages with role.*not rol\.$/,
    );
    expect(said(() => toHaveSent(endpoint.calls[7] as never, "Hi"))).toMatch(
      /is there such a call\?/,
    );
    expect(said(() => toHaveCalled("x" as never, 1))).toMatch(/^Expected an endpoint/);
    expect(said(() => toHaveCalled(endpoint, {}))).toMatch(/atMost/);
  });

  test("a long message is folded, around the text that is looked for", async () => {
    const made = scripted(["Yes."]);
    const lines = Array.from({ length: 300 }, (_, at) => `line ${at}.`).join("\n");
    const client = new OpenAI({ apiKey: "none", fetch: made.fetch });
    await client.chat.completions.create({
      model: "gpt-4o",
      messages: [{ role: "user", content: lines }],
    });
    const text = said(() => not.toHaveSent(made, "line 200."));
    expect(text.split("\n").length).toBeLessThan(50);
    expect(text).toMatch(/… 195 lines before\n(.*\n)+> .*line 200\.\n(.*\n)*.*… 65 more lines/);
  });
});

describe("toHaveCalled, toHaveSentTokens, toStayWithin", () => {
  test("hold for an endpoint, for some calls and for one", () => {
    expect(endpoint).toHaveCalled(3);
    expect(endpoint).toHaveCalled({ atLeast: 2, atMost: 3 });
    expect(endpoint).not.toHaveCalled(2);
    const total = endpoint.calls.reduce((sum, { tokens }) => sum + tokens, 0);
    expect(endpoint).toHaveSentTokens(total);
    expect(endpoint).toHaveSentTokens({ atMost: total });
    expect(endpoint).not.toHaveSentTokens({ atMost: total - 1 });
    const longest = endpoint.calls[2]!.tokens;
    expect(endpoint).toStayWithin(longest);
    expect(endpoint).not.toStayWithin(longest - 1);
    expect(endpoint.calls[0]).toStayWithin(24);
  });

  test("say how many there are, and list the calls", () => {
    const text = said(() => expect(endpoint).toHaveCalled({ atMost: 2 }));
    expect(text).toMatch(
      /^Expected at most 2 calls, and 3 came\.\n {2}call 1 to gpt-4o, 24 tokens, user: "My name is Ada\."\n/,
    );
    expect(said(() => expect(endpoint).toHaveSentTokens(5))).toMatch(
      /^Expected 5 tokens in all prompts together, and there are \d+\.$/m,
    );
  });

  test("show the prompt that is too long, and by how much", () => {
    const { tokens } = endpoint.calls[2]!;
    const text = said(() => expect(endpoint).toStayWithin(20));
    expect(text).toMatch(
      new RegExp(
        `^Expected each prompt to stay within 20 tokens, and call 3 has ${tokens}, ${tokens - 20} too many:$`,
        "m",
      ),
    );
    expect(text).toMatch(/^ {2}system {4}│ You are a baker\.$/m);
  });
});

describe("without expect", () => {
  test("the same names assert, and not turns them round", () => {
    toHaveSent(endpoint, "Ada");
    toHaveCalled(endpoint, 3);
    toHaveSentTokens(endpoint, { atLeast: 1 });
    toStayWithin(endpoint, 1000);
    not.toHaveSent(endpoint, "Grace");
    expect(said(() => toHaveCalled(endpoint, 1))).toMatch(/^Expected 1 call, and 3 came\./);
    expect(said(() => not.toHaveCalled(endpoint, 3))).toMatch(
      /^Expected not 3 calls, and 3 came\./,
    );
    expect(() => toHaveCalled(endpoint, 1)).toThrow(AssertionError);
  });

  test("the stack begins in the test", () => {
    try {
      toHaveSent(endpoint, "Grace");
    } catch (error) {
      const [first] = (error as Error).stack!.split("\n").filter((line) => /^\s+at /.test(line));
      expect(first).toContain("matchers.test.ts");
    }
    expect.assertions(1);
  });

  test("matchers are what expect.extend takes", () => {
    expect(matchers.toHaveCalled(endpoint, 3).pass).toBe(true);
  });
});
