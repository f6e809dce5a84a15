import {
  type AgentMiddleware,
  createAgent,
  createMiddleware,
  FakeToolCallingModel,
  tool,
  toolErrorMiddleware,
} from "langchain";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { chooseSections } from "../../src/lesson/load.ts";
import { play } from "../../src/lesson/play.ts";
import type { Lesson } from "../../src/lesson/types.ts";
import { createModels } from "../../src/model/factory.ts";
import { loadCounter } from "../../src/model/tokens.ts";
import { offlineWire } from "../../src/offline/app.ts";
import { scriptedStage } from "../../src/stage/scripted.ts";
import type { Emit, EventOf, ParamValue } from "../../src/trace/events.ts";
import { Recorder } from "../../src/trace/recorder.ts";
import { offlineSurroundings } from "../../test/support/play.ts";
import { type Played, playSection } from "../../test/support/predictions.ts";
import chains from "../chains/lesson.ts";
import lesson from "./lesson.ts";

interface WireMessage {
  role: string;
  content?: string | null;
  name?: string;
  tool_call_id?: string;
  tool_calls?: {
    id: string;
    function: { name: string; arguments: string };
  }[];
}

interface Body {
  messages: WireMessage[];
  tools?: {
    type: string;
    function: { name: string; description?: string; parameters?: object };
  }[];
  response_format?: unknown;
}

/** The bodies that a section sends, as they go out, by the names of its steps. */
async function bodiesOf(
  of: Lesson,
  section: string,
  values: Record<string, ParamValue> = {},
): Promise<Record<string, Body[]>> {
  const countTokens = await loadCounter("offline-tutor");
  const stage = scriptedStage({});
  const sent: Record<string, Body[]> = {};
  const honest = offlineWire({ countTokens });
  const wire: typeof fetch = (input, init) => {
    const body = JSON.parse(String(init?.body));
    if (body.messages) {
      const { step } = stage.events.findLast(
        ({ type }) => type === "step-start",
      ) as EventOf<"step-start">;
      const name = step.split("/").at(-1) ?? "";
      sent[name] = [...(sent[name] ?? []), body];
    }
    return honest(input, init);
  };
  const connect = async (emit: Emit) => {
    const price = () => null;
    const now = () => performance.now();
    const recorder = new Recorder({
      emit,
      price,
      countTokens,
      stream: false,
      now,
    });
    const models = createModels({
      model: "offline-tutor",
      embeddingModel: "offline-embedding-2",
      baseURL: "http://offline.invalid/v1",
      apiKey: "none",
      wire: recorder.watch(wire),
      countTokens,
      price,
    });
    return { recorder, models };
  };
  await play({
    lesson: of,
    sections: [section],
    settings: { [`${of.id}/${section}`]: values },
    ...offlineSurroundings(stage, countTokens),
    connect,
    signal: new AbortController().signal,
  });
  return sent;
}

/** What a strict provider would refuse in a request; undefined where nothing. */
function refusedIn({ messages, tools = [] }: Body): string | undefined {
  let open: string[] = [];
  for (const { role, tool_call_id: id = "", tool_calls: calls } of messages) {
    if (role === "tool") {
      if (!open.includes(id)) return "a result without its call";
      open = open.filter((one) => one !== id);
      continue;
    }
    if (open.length > 0) return "a call without its result";
    open = (calls ?? []).map((call) => call.id);
    if (new Set(open).size < open.length) return "two calls with one id";
  }
  if (open.length > 0) return "a call without its result";
  for (const { type, function: offered } of tools) {
    const { name, parameters = {} } = offered;
    const {
      type: kind,
      properties = {},
      required = [],
    } = parameters as {
      type?: string;
      properties?: object;
      required?: string[];
    };
    if (type !== "function" || !/^[\w-]{1,64}$/.test(name)) return "a name";
    if (kind !== "object") return "a schema that is not an object's";
    if (!required.every((key) => key in properties)) return "a required key";
  }
  return undefined;
}

describe("every request is one that a strict provider takes", () => {
  /** The steps that send a broken list on purpose, with what is wrong in it. */
  const ON_PURPOSE: Record<string, string[]> = {
    "tool-call/orphans": [
      "a call without its result",
      "a result without its call",
    ],
    "consent/impatient": ["a call without its result"],
  };

  // The last section starts processes: test/mcp-lesson.test.ts.
  const inProcess = chooseSections(lesson).filter((id) => id !== "mcp");
  test.each(inProcess)("%s", async (section) => {
    const sent = await bodiesOf(lesson, section);
    expect(Object.keys(sent)).not.toEqual([]);
    for (const [step, bodies] of Object.entries(sent)) {
      const refused = bodies.flatMap((body) => refusedIn(body) ?? []);
      expect({ step, refused }).toEqual({
        step,
        refused: ON_PURPOSE[`${section}/${step}`] ?? [],
      });
    }
  });
});

test("createAgent sends what the loop by hand sends, but for a name", async () => {
  const { byHand = [], agent } = await bodiesOf(lesson, "loop");
  // The offline endpoint makes a call's id from the request, the name included.
  const nameless = (bodies: Body[] = []) =>
    bodies.map(({ messages, tools }) => {
      const text = JSON.stringify(messages);
      const ids = messages.flatMap(({ tool_calls: calls = [] }) => calls);
      const numbered = ids.reduce(
        (all, { id }, at) => all.replaceAll(id, `id-${at + 1}`),
        text,
      );
      const plain: WireMessage[] = JSON.parse(numbered);
      return { tools, messages: plain.map(({ name: _, ...rest }) => rest) };
    });
  expect(byHand).toHaveLength(3);
  expect(nameless(agent)).toEqual(nameless(byHand));
});

const QUESTIONS = [
  "What is black body radiation?",
  "When did the French Revolution begin?",
  "What is 2 + 2?",
  "Which wine goes with trout?",
  "{braces}\n\nand a second paragraph",
  "手工茶壶",
  "a",
];

test.each(QUESTIONS)(
  "the router as a graph sends what chains/now sends: %s",
  async (question) => {
    const { router = [] } = await bodiesOf(lesson, "graph", { question });
    const { routed = [] } = await bodiesOf(chains, "now", { question });
    expect(router).toHaveLength(2);
    expect(router).toEqual(routed);
  },
);

test.each([
  "Je trouve le goût médiocre. La mousse ne tient pas, c'est bizarre.",
  "Das Brot ist kalt und zu teuer. {Es} war hart.",
  "a",
])(
  "the sequence as a graph sends what chains/sequential sends: %s",
  async (review) => {
    const { sequential = [] } = await bodiesOf(lesson, "graph", { review });
    const { four = [] } = await bodiesOf(chains, "sequential", { review });
    const sorted = (bodies: Body[]) =>
      bodies.map((body) => JSON.stringify(body)).sort();
    expect(sequential).toHaveLength(4);
    expect(sorted(sequential)).toEqual(sorted(four));
  },
);

test("the drawing of a graph is the graph's own, and marks the way of the run", async () => {
  const ways = await Promise.all(
    ["Why is the sky blue?", "Who wrote Dune?"].map(async (question) => {
      const { branch } = await playSection(lesson, "graph", { question });
      const drawn = branch?.events.find(({ type }) => type === "chain-drawn");
      const { edges } = (drawn as EventOf<"chain-drawn">).diagram;
      return edges.map(({ from, to, value }) => [from, to, value !== null]);
    }),
  );
  const wayBy = (expert: string) => [
    ["__start__", "sort", true],
    ["physicist", "__end__", expert === "physicist"],
    ["librarian", "__end__", expert === "librarian"],
    ["sort", "physicist", expert === "physicist"],
    ["sort", "librarian", expert === "librarian"],
  ];
  expect(ways.map((way) => way.toSorted())).toEqual([
    wayBy("physicist").toSorted(),
    wayBy("librarian").toSorted(),
  ]);
});

// The oracles below look at the prompts, the replies and the values alone.

const repliesOf = ({ events }: Played) =>
  events.flatMap((event) => (event.type === "call-end" ? [event.text] : []));
const callsIn = (reply = "") =>
  reply.split("\n").filter((line) => line.startsWith("→ "));
const count = (step: Played | undefined) => String(step?.sent.length);

const ASKED = [
  "How many kettles are in stock?",
  "Are there any lamps and teapots in stock?",
  "Good morning!",
  "What is my name?",
  "手工茶壶在哪里？",
  "stock",
  "{product} in stock?",
  "x".repeat(300),
  'Is "the blue one" in stock?',
  "a",
];

test.each(ASKED)("tool-call: %s", async (question) => {
  const steps = await playSection(lesson, "tool-call", { question });
  expect(steps.asks?.verdict).toBe("0");
  const last = steps.answers?.sent.at(-1);
  expect(steps.answers?.verdict).toBe(String(last?.messages.length));
  expect(steps.orphans?.verdict).toBe("2");
  expect(steps.forced?.verdict).toBe(
    callsIn(repliesOf(steps.forced as Played).at(-1)).length > 0
      ? "yes"
      : "no",
  );
});

test.each([
  "Look at order KX-4711, and refund what it cost.",
  "Look at order KX-4712, and refund what it cost.",
  "Look at order KX-4711.",
  "Refund 5 euros for order AB-1.",
  "Look at order ZZ-999, and refund what it cost.",
  "Hello there!",
  "My name is José María. What is it?",
  "注文を見てください",
  "order",
  "What is 2 + 2?",
])("loop: %s", async (question) => {
  const { byHand, agent } = await playSection(lesson, "loop", { question });
  expect(byHand?.verdict).toBe(count(byHand));
  expect(agent?.verdict).toBe(count(agent));
  expect(repliesOf(byHand as Played)).toEqual(repliesOf(agent as Played));
});

test.each([
  "wrong-type",
  "missing-argument",
  "unknown-tool",
  "broken-arguments",
])("failing-tools: %s", async (fault) => {
  const steps = await playSection(lesson, "failing-tools", { fault });
  const { failing, worded, watched, retried, mended, broken } = steps;
  expect(failing?.verdict).toBe("the model reads it");
  expect(failing?.prompts.at(-1)).toContain("stock-db-3");
  expect(worded?.prompts.at(-1)).not.toContain("stock-db-3");
  expect(watched?.verdict).toBe("the run ends with it");
  expect(watched?.prompts.at(-1)).toContain("Error: not reachable today.");
  expect(watched?.prompts.join("\n")).not.toContain("stock-db-3");
  expect(retried?.verdict).toBe(count(retried));
  const isOrdered = mended?.prompts.at(-1)?.includes("Ordered: 3");
  expect(mended?.verdict).toBe(isOrdered ? "yes" : "no");
  expect(isOrdered).toBe(fault !== "broken-arguments");
  // No prompt tells where LangChain lies on this machine.
  expect(mended?.prompts.join("\n")).not.toMatch(/node_modules|file:\/\//);
  expect(broken?.verdict).toBe("nothing");
  expect(repliesOf(broken as Played)[0]).toBe("");
  expect(broken?.prompts.at(-1)).toContain("Ordered: 3");
});

test("an error is answered on either side of other middleware, and ends the run without", async () => {
  const failing = tool(
    () => {
      throw new Error("no answer");
    },
    { name: "fails", description: "Fails.", schema: z.object({}) },
  );
  const watching = createMiddleware({
    name: "watching",
    wrapToolCall: (call, next) => next(call),
  });
  const words = toolErrorMiddleware({ onError: () => "Error: in words" });
  const resultWith = async (...middleware: AgentMiddleware[]) => {
    const toolCalls = [[{ name: "fails", args: {}, id: "1" }], []];
    const model = new FakeToolCallingModel({ toolCalls });
    const agent = createAgent({ model, tools: [failing], middleware });
    const { messages } = await agent.invoke({
      messages: [{ role: "user", content: "Go." }],
    });
    return messages.find(({ type }) => type === "tool")?.text;
  };
  expect(await resultWith()).toContain("no answer");
  await expect(resultWith(watching)).rejects.toThrow("no answer");
  expect(await resultWith(watching, words)).toBe("Error: in words");
  expect(await resultWith(words, watching)).toBe("Error: in words");
});

test.each([
  [3, 1],
  [4, 2],
  [7, 3],
  [8, 5],
  [16, 10],
  [25, 4],
])("limits: recursionLimit %i, %i calls", async (limit, calls) => {
  const steps = await playSection(lesson, "limits", { limit, calls });
  const { recursion, counted, once } = steps;
  expect(recursion?.verdict).toBe(count(recursion));
  expect(recursion?.sent.length).toBe(Math.ceil(limit / 2));
  expect(counted?.sent.length).toBe(calls);
  expect(counted?.verdict).toBe(String(calls));
  // Two runs, each of which orders once, however often the model asks.
  expect(once?.sent.length).toBe(2 * calls);
  expect(once?.verdict).toBe("2");
});

test.each([
  "What is the price of a kettle, a teapot and a lamp?",
  "What is the price of a kettle?",
  "Good morning!",
  "Price of a lamp and price of a plate?",
  "値段は？",
])("parallel: %s", async (question) => {
  const steps = await playSection(lesson, "parallel", { question });
  const { together, single, race } = steps;
  expect(together?.verdict).toBe(count(together));
  const ways = single?.sent.map(({ messages }) => messages.length) ?? [];
  const second = ways.lastIndexOf(1);
  const [one, all] = [second, ways.length - second];
  expect(single?.verdict).toBe(
    one > all ? "more" : one === all ? "the same" : "fewer",
  );
  expect(race?.verdict).toBe("50");
});

test.each([1, 7, 48, 500])("consent: %i euros", async (amount) => {
  const steps = await playSection(lesson, "consent", { amount });
  const verdicts = Object.values(steps).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(["no", "2", "1", "the endpoint refuses it", "2"]);
  const paid = `Paid back ${amount} euros for KX-4711.`;
  expect(steps.waits?.prompts.join("\n")).not.toContain(paid);
  expect(steps.decides?.prompts.at(-1)).toContain(paid);
  expect(steps.restarts?.prompts.at(-1)).toContain(paid);
});

test("hostile: the stranger's words are in each last prompt, and no mail goes out but where they are obeyed", async () => {
  const steps = await playSection(lesson, "hostile");
  const verdicts = Object.values(steps).map(({ verdict }) => verdict);
  expect(verdicts).toEqual(["tool", "yes", "each of the two", "0"]);
  for (const { prompts } of Object.values(steps))
    expect(prompts.at(-1)).toContain("evil.example");
  const shown = steps.leaks?.events.filter(
    ({ type }) => type === "value-shown",
  );
  expect(JSON.stringify(shown?.at(-1))).toMatch(/17\. \(removed\) Closed/);
  const sentIn = ({ prompts }: Played) =>
    prompts.some((prompt) => prompt.includes("Sent to eve@evil.example"));
  expect(Object.values(steps).map(sentIn)).toEqual([
    false,
    true,
    false,
    false,
  ]);
});

test.each([
  ["What is a token, and what does temperature do?", 0.35],
  ["How do I reduce made up answers?", 0.9],
  ["Hello!", 0],
  ["What is my name?", 1],
])("retrieval: %s, %f", async (question, least) => {
  const steps = await playSection(lesson, "retrieval", { question, least });
  const { asks, sources, nothing } = steps;
  const [first = ""] = repliesOf(asks as Played);
  expect(asks?.verdict).toBe(String(callsIn(first).length));
  expect(sources?.verdict).toBe("no");
  expect(sources?.prompts.join("\n")).not.toMatch(/\.md#/);
  const found = nothing?.prompts.at(-1)?.includes("Source:");
  expect(nothing?.verdict).toBe(found ? "yes" : "no");
});

test.each([
  ["Why is the sky blue?", "Das Brot ist kalt und zu teuer.", 1],
  ["手工茶壶", "Good.", 6],
  ["a", "この椅子はとても座り心地がいいですが、値段が高いです。", 2],
  ["{heat}", "first line\n\nsecond paragraph {gap}", 4],
])("graph: %s, %s, %i drafts", async (question, review, most) => {
  const values = { question, review, most };
  const steps = await playSection(lesson, "graph", values);
  const { branch, sequential, loops, resumes } = steps;
  expect([branch?.verdict, count(branch)]).toEqual(["1", "1"]);
  expect([sequential?.verdict, count(sequential)]).toEqual(["4", "4"]);
  expect(loops?.verdict).toBe(count(loops));
  expect(loops?.sent.length).toBeLessThanOrEqual(most);
  expect([resumes?.verdict, count(resumes)]).toEqual(["1", "2"]);
});

test.each(["KX-4711", "KX-4712", "AB-1", "teapot", "手", "{x}"])(
  "which: %s",
  async (order) => {
    const { bills } = await playSection(lesson, "which", { order });
    const callers = bills?.sent.map(({ caller }) => caller) ?? [];
    const agent = callers.filter((caller) => caller === "agent").length;
    const graph = callers.filter((caller) => caller === "ask").length;
    const all = {
      chain: callers.length - agent - graph,
      agent,
      graph,
    };
    const most = Math.max(...Object.values(all));
    const isMost = (way: string | undefined) =>
      all[way as keyof typeof all] === most;
    expect(isMost(bills?.verdict)).toBe(true);
    const table = bills?.events.find(({ type }) => type === "table-shown");
    const { rows } = table as EventOf<"table-shown">;
    const price = { "KX-4711": "48", "KX-4712": "19" }[order];
    const answers = Object.values(repliesOf(bills as Played));
    const told = price ? answers.filter((text) => text.includes(price)) : [];
    expect(rows.filter((row) => row.at(-1) === "yes")).toHaveLength(
      told.length,
    );
    expect(told).toHaveLength(price ? 3 : 0);
  },
);
