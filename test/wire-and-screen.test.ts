import { ConversationChain } from "@langchain/classic/chains";
import {
  BufferMemory,
  BufferWindowMemory,
  ConversationSummaryMemory,
} from "@langchain/classic/memory";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModels } from "../src/model/factory.ts";
import { loadCounter } from "../src/model/tokens.ts";
import { createEndpoint, offlineWire } from "../src/offline/app.ts";
import { eventsOf, run } from "./support/program.ts";
import { serveHandler } from "./support/server.ts";

interface Message {
  role: string;
  content: string;
}

/** The messages of a call-start event, put together from their parts. */
// biome-ignore lint/suspicious/noExplicitAny: an event as it was parsed
const messagesOf = (event: any): Message[] =>
  event.messages.map(({ parts, ...message }: { parts: { text: string }[] }) => ({
    ...message,
    content: parts.map((part) => part.text).join(""),
  }));

let countTokens: (text: string) => number;
beforeAll(async () => {
  countTokens = await loadCounter("offline-tutor");
});

describe("against a real HTTP server", () => {
  let server: Awaited<ReturnType<typeof serveHandler>>;
  beforeAll(async () => {
    const endpoint = createEndpoint({ countTokens });
    server = await serveHandler((request) => endpoint.fetch(request));
  });
  afterAll(() => server.close());

  test("the whole lesson runs, and what the server received is what was shown", async () => {
    const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-loopback-key-123" };
    const argv = ["lesson", "memory", "--model", "offline-tutor", "--format", "jsonl"];
    const { code, stdout, stderr } = await run(argv, { env });
    expect([code, stderr]).toEqual([0, ""]);
    const events = eventsOf(stdout);
    expect(events[0].why).toMatch(/^offline-tutor at 127\.0\.0\.1:\d+, because of --model/);
    const shown = events.filter((event) => event.type === "call-start").map(messagesOf);
    const received = server.received.map(({ body }) => joined(JSON.parse(body).messages));
    expect(shown).toEqual(received);
    expect(received.length).toBeGreaterThan(100);
    expect(stdout).not.toContain("sk-loopback-key-123");
  });

  test("the setup lesson runs too, its doctor included", async () => {
    const env = { OPENAI_BASE_URL: server.url };
    const live = await run(["lesson", "setup", "--model", "offline-tutor"], { env });
    const offline = await run(["lesson", "setup"]);
    expect([live.code, offline.code]).toEqual([0, 0]);
    expect(live.stdout).toMatch(/✓ +model +offline-tutor \(127\.0\.0\.1:\d+\) answers/);
    expect(offline.stdout).toMatch(/✓ +model +offline-tutor \(offline\) answers/);
  });

  test("it shows the same as without a server", async () => {
    const argv = ["lesson", "memory", "--format", "jsonl"];
    const env = { OPENAI_BASE_URL: server.url };
    const live = eventsOf((await run([...argv, "--model", "offline-tutor"], { env })).stdout);
    const offline = eventsOf((await run(argv)).stdout);
    const replies = (events: ReturnType<typeof eventsOf>) =>
      events.filter((event) => event.type === "call-end").map((event) => event.text);
    expect(replies(live)).toEqual(replies(offline));
  });

  test("--model offline opens no socket although there is a key", async () => {
    const before = server.received.length;
    const env = { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: "sk-x-1234567" };
    const { stdout } = await run(["lesson", "memory/stateless", "--model", "offline"], { env });
    expect(server.received.length).toBe(before);
    expect(stdout).toContain("offline, as --model says, although there is");
  });
});

describe("the conversations, replayed by hand through LangChain", () => {
  /** The bodies that LangChain sends when nobody watches. */
  async function sent(converse: (chat: ReturnType<typeof createModels>["chat"]) => Promise<void>) {
    const bodies: Message[][] = [];
    const wire = offlineWire({ countTokens });
    const spy: typeof fetch = (input, init) => {
      bodies.push(JSON.parse(String(init?.body)).messages);
      return wire(input, init);
    };
    const options = {
      model: "offline-tutor",
      baseURL: "http://offline.invalid/v1",
      apiKey: "none",
    };
    await converse(createModels({ ...options, wire: spy, countTokens, price: () => null }).chat);
    return bodies;
  }

  /** The prompts that a step of the lesson showed. */
  async function shown(section: string, step: string) {
    const events = eventsOf((await run(["lesson", section, "--format", "jsonl"])).stdout);
    const from = events.findIndex(
      (event) => event.type === "step-start" && event.step === `${section}/${step}`,
    );
    const to = events.findIndex((event, at) => at > from && event.type === "step-end");
    return events
      .slice(from, to)
      .filter((event) => event.type === "call-start")
      .map(messagesOf);
  }

  const HELLO = "Hi, my name is Ada.";
  const lines = [HELLO, "What is 1+1?", "What is my name?"];

  test("stateless", async () => {
    const bodies = await sent(async (chat) => {
      await chat().invoke(HELLO);
      await chat().invoke("What is my name?");
    });
    expect(await shown("memory/stateless", "forgets")).toEqual(bodies);
  });

  test.each([
    ["memory/buffer", "grows", () => new BufferMemory()],
    ["memory/window", "forgets", () => new BufferWindowMemory({ k: 1 })],
  ] as const)("%s", async (section, step, memory) => {
    const bodies = await sent(async (chat) => {
      const conversation = new ConversationChain({ llm: chat(), memory: memory() });
      for (const input of lines) await conversation.invoke({ input });
    });
    expect(await shown(section, step)).toEqual(bodies);
  });

  test("the hidden calls of a summary", async () => {
    const list =
      "Pack a tent, a stove, matches, a map, two ropes, a torch, a knife, dry socks, soap, a towel, tea and a tin of 37 biscuits.";
    const bodies = await sent(async (chat) => {
      const memory = new ConversationSummaryMemory({ llm: chat() });
      await memory.saveContext({ input: "What should I pack?" }, { output: list });
      for (let day = 1; day <= 10; day++) {
        await memory.saveContext(
          { input: `On day ${day} I walk ${10 + day} km.` },
          { output: `Day ${day} sounds fine.` },
        );
      }
      const conversation = new ConversationChain({ llm: chat(), memory });
      await conversation.invoke({ input: "How many biscuits should I pack?" });
    });
    expect(bodies).toHaveLength(13);
    expect(await shown("memory/summary", "loses")).toEqual(bodies);
  });
});

/**
 * Messages whose content is text, as they are shown: LangChain sends some as a list of one part.
 */
function joined(messages: { content: string | { text: string }[] }[]) {
  return messages.map((message) => {
    const { content } = message;
    if (!Array.isArray(content)) return message;
    return { ...message, content: content.map(({ text }) => text).join("") };
  });
}
