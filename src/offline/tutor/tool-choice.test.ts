import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { ChatTool, JsonSchema, TextMessage } from "../protocol.ts";
import type { Extras } from "./skill.ts";
import { respond } from "./skills.ts";

const tool = (name: string, description: string, shape: z.ZodType = z.object({})): ChatTool => ({
  type: "function",
  function: { name, description, parameters: z.toJSONSchema(shape) as JsonSchema },
});
const city = z.object({ city: z.string() });
const weather = tool("get_weather", "The current weather in a city.", city);
const time = tool("get_time", "The current time in a city.", city);
const add = tool("add", "Adds two numbers.", z.object({ a: z.number(), b: z.number() }));
const order = tool(
  "order_bread",
  "Places an order for bread.",
  z.object({
    items: z.array(z.object({ bread: z.enum(["rye", "wheat"]), count: z.int() })),
    gift: z.boolean().optional(),
  }),
);
const search = tool("search", "Searches the web.", z.object({ query: z.string() }));
const all = [weather, time, add, order, search];

const user = (content: string): TextMessage => ({ role: "user", content });
const asked = async (messages: TextMessage[], extras: Extras = {}) => {
  const answer = await respond(messages, { tools: all, ...extras });
  return typeof answer === "string"
    ? answer
    : answer.map((use) => `${use.name} ${JSON.stringify(use.arguments)}`);
};

test("what stands in the context asks for no tool", async () => {
  const context = "Context: You can order 2 rye breads at a time. The weather in Oslo is mild.";
  expect(await asked([user(`${context}\n\nQuestion: What is 17 plus 25?`)])).toEqual([
    'add {"a":17,"b":25}',
  ]);
  const only = (question: string, tool: ChatTool) =>
    asked([user(`${context}\n\nQuestion: ${question}`)], { tools: [tool] });
  expect(await only("Is it mild in Oslo?", order)).toMatch(/weather in Oslo is mild/);
  expect(await only("How many rye breads can I order?", weather)).toMatch(/2 rye breads/);
});

describe("calls what is meant, with what is told", () => {
  test.each<[string, string[], Extras?]>([
    ["What's the weather in Paris?", ['get_weather {"city":"Paris"}']],
    ["what is the weather like in New York today", ['get_weather {"city":"New York"}']],
    [
      "What's the weather in Paris and in Rome?",
      ['get_weather {"city":"Paris"}', 'get_weather {"city":"Rome"}'],
    ],
    [
      "What's the weather and the time in Oslo?",
      ['get_weather {"city":"Oslo"}', 'get_time {"city":"Oslo"}'],
    ],
    [
      "What's the weather and the time in Oslo?",
      ['get_weather {"city":"Oslo"}'],
      { oneCall: true },
    ],
    ["What is 1836281973 plus 19973286?", ['add {"a":1836281973,"b":19973286}']],
    ["Add 2 and 3.5", ['add {"a":2,"b":3.5}']],
    [
      "I want to order 2 rye breads and 3 wheat breads",
      ['order_bread {"items":[{"bread":"rye","count":2},{"bread":"wheat","count":3}]}'],
    ],
    ["Who wrote Dune?", ['search {"query":"Who wrote Dune?"}']],
    [
      "Who wrote Dune in Paris?",
      ['get_weather {"city":"Paris"}'],
      { choice: { function: { name: "get_weather" } } },
    ],
    ["Hello there", ['get_weather {"city":""}'], { choice: "required", tools: [weather] }],
  ])("%s %j", async (question, calls, extras) => {
    expect(await asked([user(question)], extras)).toEqual(calls);
  });
});

test.each<[string, TextMessage[], Extras]>([
  ["a greeting", [user("Hello there!")], {}],
  ["what is about the human", [user("I am Ada. What is my name?")], {}],
  ["where the city is not told", [user("What's the weather?")], { tools: [weather] }],
  ["another matter", [user("What's the weather in Paris?")], { tools: [order] }],
  ["where no tool may be used", [user("What's the weather in Paris?")], { choice: "none" }],
])("calls nothing for %s", async (_name, messages, extras) => {
  expect(typeof (await asked(messages, extras))).toBe("string");
});

describe("after the tools have answered", () => {
  const question = user("What's the weather and the time in Oslo?");
  const call = (name: string) => ({
    role: "assistant",
    content: "",
    calls: [{ id: name, name, arguments: '{"city":"Oslo"}' }],
  });
  const result = (name: string, content: string) => ({
    role: "tool",
    callId: name,
    tool: name,
    content,
  });
  const told = [question, call("get_weather"), result("get_weather", "Hail, 2 °C")];

  test("it says what they said", async () => {
    expect(await asked(told, { tools: [weather] })).toBe("get_weather says: Hail, 2 °C");
    const both = [...told, call("get_time"), result("get_time", "12:02")];
    expect(await asked(both)).toBe("get_weather says: Hail, 2 °C\nget_time says: 12:02");
  });

  test("a call that failed is made as it was meant, and then only its result is told", async () => {
    const error = "Error: Received tool input did not match expected schema";
    const failed = [question, call("get_weather"), result("get_weather", error)];
    const spoilt = {
      ...failed[1]!,
      calls: [{ id: "get_weather", name: "get_weather", arguments: "{}" }],
    };
    const again = ['get_weather {"city":"Oslo"}'];
    const after = [question, spoilt, failed[2]!];
    expect(await asked(after, { tools: [weather] })).toEqual(again);
    const mended = [...after, call("get_weather"), result("get_weather", "Hail, 2 °C")];
    expect(await asked(mended, { tools: [weather] })).toBe("get_weather says: Hail, 2 °C");
    // What failed as it was meant is told.
    expect(await asked(failed, { tools: [weather] })).toBe(`get_weather says: ${error}`);
  });

  test("what a tool found may tell the next call", async () => {
    const tools = [
      tool("get_order", "Look at an order.", z.object({ order: z.string().describe("KX-4711") })),
      tool(
        "pay_back",
        "Pay money back for an order.",
        z.object({ order: z.string(), amount: z.number().describe("in euros") }),
      ),
    ];
    const both = user("Look at order KX-4711, and pay back what it cost.");
    expect(await asked([both], { tools })).toEqual(['get_order {"order":"KX-4711"}']);
    const given = '{"order":"KX-4711"}';
    const looked: TextMessage[] = [
      both,
      { role: "assistant", content: "", calls: [{ id: "1", name: "get_order", arguments: given }] },
      {
        role: "tool",
        callId: "1",
        tool: "get_order",
        content: "KX-4711: a lamp, 48 euros, broken",
      },
    ];
    expect(await asked(looked, { tools })).toEqual(['pay_back {"order":"KX-4711","amount":48}']);
  });

  test("one call at a time, the next one is called first", async () => {
    expect(await asked(told, { oneCall: true })).toEqual(['get_time {"city":"Oslo"}']);
    const both = [...told, call("get_time"), result("get_time", "12:02")];
    expect(await asked(both, { oneCall: true })).toContain("get_time says: 12:02");
  });
});
