import { ConversationChain } from "@langchain/classic/chains";
import {
  BufferMemory,
  BufferWindowMemory,
  ConversationSummaryMemory,
} from "@langchain/classic/memory";
import {
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  trimMessages,
} from "@langchain/core/messages";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import OpenAI from "openai";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { completion, underXray } from "../../test/support/xrayed.ts";
import { TRAPS } from "./traps.ts";

const KEY = "none";
const chatAt = (baseURL: string, more: object = {}) =>
  new ChatOpenAI({
    model: "gpt-4o-mini",
    apiKey: KEY,
    temperature: 0,
    maxRetries: 0,
    configuration: { baseURL },
    ...more,
  });

type Program = (baseURL: string) => Promise<unknown>;
interface Twins {
  has: Program;
  not: Program;
  /** what answers, where it must not be the offline endpoint */
  wire?: () => typeof fetch;
  says: RegExp;
}

const search = tool(() => "A loaf of rye costs 4.20 euros.", {
  name: "search_notes",
  description: "Search the notes of the bakery.",
  schema: z.object({ query: z.string() }),
});
const MANUAL = Array.from(
  { length: 100 },
  (_, at) => `Rule ${at + 1}: a guest who asks for table ${at + 1} is shown to table ${at + 1}.`,
).join("\n");
const isSent = (init: RequestInit | undefined) => JSON.parse(String(init?.body));

/** Each trap with a program that has it, and its twin that has not. */
const TWINS: Record<string, Twins> = {
  "growing-history": {
    has: (baseURL) => talk(baseURL, new BufferMemory()),
    not: (baseURL) => talk(baseURL, new BufferWindowMemory({ k: 2 })),
    says: /last 6 turns sent all earlier ones again.* grown from [\d,]+ to [\d,]+ characters/,
  },
  "orphaned-tool": {
    has: (baseURL) => callTool(baseURL, { startOn: undefined }),
    not: (baseURL) => callTool(baseURL, { startOn: "human" }),
    says: /message 2 is a tool's result, and the call that it answers was left out/,
  },
  "unfilled-template": {
    async has(baseURL) {
      const user: { name?: string } = {};
      await chatAt(baseURL).invoke(`Greet the customer.\nName: ${user.name}`);
    },
    async not(baseURL) {
      const prompt = ChatPromptTemplate.fromTemplate("Greet the customer.\nName: {name}");
      await prompt.pipe(chatAt(baseURL)).invoke({ name: "Ada" });
      // Who writes of programs means these words.
      const code = PromptTemplate.fromTemplate('Why does `{{input}}` print "undefined" in {what}?');
      await code.pipe(chatAt(baseURL)).invoke({ what: "const {name} = {};" });
    },
    says: /"undefined" stands where a value should, in message 1/,
  },
  "same-prompt": {
    async has(baseURL) {
      for (const _ of [1, 2]) await chatAt(baseURL).invoke(`${MANUAL}\nHow many rules are there?`);
    },
    async not(baseURL) {
      const known = new Map<string, BaseMessage>();
      const question = `${MANUAL}\nHow many rules are there?`;
      for (const _ of [1, 2])
        known.set(question, known.get(question) ?? (await chatAt(baseURL).invoke(question)));
      // Two users who begin alike.
      for (const _ of [1, 2]) await chatAt(baseURL).invoke("Hello!");
      // Several samples are wanted where the temperature is above 0.
      for (const _ of [1, 2])
        await chatAt(baseURL, { temperature: 0.9 }).invoke(`${MANUAL}\nSay it in your own words.`);
    },
    says: /sends what call 1 sent, to the letter: [4-9],\d+ characters that were answered before/,
  },
  "summary-each-turn": {
    async has(baseURL) {
      const llm = chatAt(baseURL);
      await talk(baseURL, new ConversationSummaryMemory({ llm }), 3);
    },
    not: (baseURL) => talk(baseURL, new BufferMemory(), 3),
    says: /each of the last 3 turns made a second call, for a summary/,
  },
  "changing-prefix": {
    async has(baseURL) {
      for (let minute = 10; minute < 14; minute++)
        await chatAt(baseURL).invoke([
          new SystemMessage(`It is 12:${minute}. You serve in a restaurant.\n${MANUAL}`),
          new HumanMessage(`Which table for guest ${minute}?`),
        ]);
    },
    async not(baseURL) {
      for (let minute = 10; minute < 14; minute++)
        await chatAt(baseURL).invoke([
          new SystemMessage(`You serve in a restaurant.\n${MANUAL}`),
          new HumanMessage(`It is 12:${minute}. Which table for guest ${minute}?`),
        ]);
    },
    says: /\d+ % of the prompt came before, but it differs from character 19 on: .*12:12.* is now .*12:13/,
  },
  "cut-reply": {
    async has(baseURL) {
      const person = z.object({ name: z.string(), home: z.string() });
      const model = chatAt(baseURL).withStructuredOutput(person, { method: "jsonMode" });
      await model.invoke("Write JSON about Ada.").catch(() => {});
    },
    async not(baseURL) {
      const { content } = await chatAt(baseURL).invoke("Tell a story about Ada.");
      await chatAt(baseURL).invoke(
        ["Tell a story about Ada.", `${content}`, "Please continue."].join("\n"),
      );
    },
    wire: () => async (_input, init) => {
      const isJson = isSent(init).response_format?.type === "json_object";
      const text = isJson ? '{"name": "Ada", "ho' : "Once upon a time there was Ada, who lived in";
      return completion(text, { finish_reason: "length" });
    },
    says: /cut when its tokens ran out .* JSON that the program waits for has no end/,
  },
  "retry-storm": {
    async has(baseURL) {
      for (let attempt = 0; attempt < 6; attempt++)
        await chatAt(baseURL)
          .invoke("Hello!")
          .catch(() => {});
    },
    async not(baseURL) {
      await chatAt(baseURL, { maxRetries: 2 }).invoke("Hello!");
    },
    wire: () => {
      let count = 0;
      return async () => {
        count += 1;
        if (count === 3) return completion("Hello.");
        const headers = { "retry-after": "1" };
        return Response.json({ error: { message: "Slow down." } }, { status: 429, headers });
      };
    },
    says: /[46] tries in .*, sooner than the endpoint asked for with Retry-After/,
  },
  "key-in-prompt": {
    async has(baseURL) {
      await chatAt(baseURL).invoke(
        "Deploy with ghp_0123456789abcdefghijklmnopqrstuvwxyzAB, please.",
      );
    },
    async not(baseURL) {
      await chatAt(baseURL).invoke("What is a GitHub token, such as ghp_…? And sk-learn?");
    },
    says: /a GitHub token stands in the prompt/,
  },
};

test("every trap has its twins", () => {
  expect(Object.keys(TWINS).sort()).toEqual(TRAPS.map(({ name }) => name).sort());
});

describe.each(Object.entries(TWINS))("%s", (name, { has, not, wire, says }) => {
  test("a program that has it is told, once, and where to read on", async () => {
    // The retries of the second twin end at its third try; those of the first never do.
    const { traps } = await underXray(has, name === "retry-storm" ? refuseAll : wire?.());
    expect(traps.map(({ trap }) => trap)).toEqual([name]);
    expect(traps[0]?.text).toMatch(says);
    expect(traps[0]?.read).toMatch(/^llm-lab (?:lesson|help) /);
  });

  test("its twin is told nothing", async () => {
    const { traps } = await underXray(not, wire?.());
    expect(traps).toEqual([]);
  });
});

const refuseAll: typeof fetch = async () => {
  const headers = { "retry-after": "1" };
  return Response.json({ error: { message: "Slow down." } }, { status: 429, headers });
};

/** Turns of a bot whose memory is given. */
async function talk(
  baseURL: string,
  memory: BufferMemory | BufferWindowMemory | ConversationSummaryMemory,
  turns = 8,
) {
  const chain = new ConversationChain({ llm: chatAt(baseURL), memory });
  for (let turn = 1; turn <= turns; turn++) {
    const input = `Note ${turn}: shelf ${turn} holds ${turn * 12} jars of honey, and nobody may take one before the inspector has counted them all and signed the list at the door.`;
    await chain.invoke({ input });
  }
}

/** A program that calls a tool, and then sends only the last messages. */
async function callTool(baseURL: string, { startOn }: { startOn: "human" | undefined }) {
  const model = chatAt(baseURL).bindTools([search]);
  const messages: BaseMessage[] = [
    new SystemMessage("You help in a bakery."),
    new HumanMessage("How much is a loaf of rye?"),
  ];
  const asked = await model.invoke(messages);
  messages.push(asked);
  for (const call of asked.tool_calls ?? []) messages.push(await search.invoke(call));
  messages.push(new HumanMessage("And two loaves?"));
  const trimmed = await trimMessages(messages, {
    maxTokens: 3,
    tokenCounter: (some) => some.length,
    strategy: "last",
    includeSystem: true,
    startOn,
  });
  await model.invoke(trimmed).catch(() => {});
}

test("OpenAI's SDK that retries politely by itself is told nothing", async () => {
  let count = 0;
  const busy: typeof fetch = async () => {
    count += 1;
    const headers = { "retry-after-ms": "20" };
    return count < 4
      ? Response.json({ error: { message: "Slow down." } }, { status: 429, headers })
      : completion("Hello.");
  };
  const { traps, events } = await underXray(async (baseURL) => {
    const client = new OpenAI({ baseURL, apiKey: KEY, maxRetries: 4 });
    const messages = [{ role: "user" as const, content: "Hello!" }];
    await client.chat.completions.create({ model: "gpt-4o-mini", messages });
  }, busy);
  const resent = events.filter(({ type }) => type === "call-resent");
  expect(resent.map((event) => event.type === "call-resent" && event.attempt)).toEqual([2, 3, 4]);
  expect(traps).toEqual([]);
});
