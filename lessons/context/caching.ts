import { ConversationSummaryMemory } from "@langchain/classic/memory";
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  SystemMessage,
  trimMessages,
} from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";
import { choice, integer, largest, section } from "../../src/lab.ts";

// Providers keep what they computed for the beginning of a prompt, for some minutes.
// The next request that begins with exactly the same tokens, its *prefix*, is answered
// sooner, and these tokens are billed at a lower price. One changed character ends the
// prefix there. OpenAI does this by itself; Anthropic wants a `cache_control` where the
// prefix should end (November 2026). More: `llm-lab help prompt-caching`.
const lab = section({
  title: "What a prompt cache finds",
  params: {
    rules: integer({
      default: 60,
      min: 1,
      max: 200,
      help: "rules in the instructions",
    }),
    turns: integer({
      default: 8,
      min: 2,
      max: 30,
      help: "turns of the conversation",
    }),
    k: integer({
      default: 2,
      min: 1,
      max: 20,
      help: "exchanges in the window",
    }),
    clock: choice({
      default: "first",
      choices: ["first", "last"],
      help: "where the time stands in the prompt",
    }),
  },
});

const rulesOf = (count: number) =>
  [
    "You are a friendly assistant.",
    ...Array.from(
      { length: count },
      (_, at) =>
        `Rule ${at + 1}: for questions about chapter ${at + 1}, answer in two ` +
        "sentences and name the page of the manual.",
    ),
  ].join("\n");

const LINES = [
  "Hi, my name is Ada.",
  "What is 12 times 12?",
  "I live in Lisbon.",
  "What is 7 plus 8?",
  "My dog is called Rex.",
  "What is 9 times 3?",
];

const lineOf = (turn: number) => LINES[turn % LINES.length] ?? "";

// Four memories carry the same conversation, under the same long instructions. For each
// turn the plot shows how many tokens of the prompt stood at the beginning of the
// prompt before, in whole messages. OpenAI counts from 1,024 tokens on, and in
// steps of 128 (models before GPT-5.6, seen in November 2026); so does the plot. Here
// llm-lab computes it. A provider's reply tells what it found, in
// `usage_metadata.input_token_details.cache_read`. "sent" leaves out the hidden calls that
// write the summaries.
const found = lab.step<Found>(
  "Four memories, and what the cache has of each",
  async ({ chat, params, countTokens, plot, table, tell }) => {
    const rules = new SystemMessage(rulesOf(params.rules));
    const bills: [Kind, Bill][] = [];
    for (const kind of KINDS) {
      const memory = memories[kind](chat(), params.k, countTokens);
      const prompts: BaseMessage[][] = [];
      for (let turn = 0; turn < params.turns; turn += 1) {
        const asked = new HumanMessage(lineOf(turn));
        const prompt = [rules, ...(await memory.recall()), asked];
        const reply = await chat().invoke(prompt);
        await memory.keep(asked, new AIMessage(reply.text));
        prompts.push(prompt);
      }
      bills.push([kind, billOf(prompts, countTokens)]);
    }
    const series = bills.map(([name, { points }]) => ({ name, points }));
    await plot("Tokens from the cache, each turn", AXES, series);
    const rows = bills.map(([kind, { sent, cached }]) => [
      kind,
      sent,
      cached,
    ]);
    await table("All turns", ["memory", "sent", "from the cache"], rows);
    await tell(Object.fromEntries(bills) as Found);
  },
);

const AXES = { x: "turn", y: "tokens" };
const KINDS = ["buffer", "window", "token", "summary"] as const;
type Kind = (typeof KINDS)[number];
/** Tokens of all prompts, and of those a cache has, for each turn and together. */
type Bill = { sent: number; cached: number; points: number[] };
type Found = Record<Kind, Bill>;

function billOf(prompts: BaseMessage[][], countTokens: Count): Bill {
  const points = cachedTokens(prompts, countTokens);
  const counts = prompts.flat().map(({ text }) => countTokens(text));
  const sum = (values: number[]) => values.reduce((all, one) => all + one, 0);
  return { sent: sum(counts), cached: sum(points), points };
}

const mostCached = (bills: Found) =>
  largest({
    buffer: bills.buffer.cached,
    window: bills.window.cached,
    token: bills.token.cached,
    summary: bills.summary.cached,
  });

interface Memory {
  recall(): Promise<BaseMessage[]>;
  keep(asked: BaseMessage, reply: BaseMessage): Promise<void>;
}

type Count = (text: string) => number;

/** The four memories as lists of messages. */
const memories = {
  buffer: (): Memory => listed((all) => Promise.resolve(all)),
  window: (_model: ChatOpenAI, k: number): Memory =>
    listed((all) => Promise.resolve(all.slice(-2 * k))),
  token: (_model: ChatOpenAI, k: number, countTokens: Count): Memory =>
    listed((all) =>
      trimMessages(all, {
        maxTokens: 30 * k,
        tokenCounter: (messages) =>
          messages.reduce((sum, { text }) => sum + countTokens(text), 0),
        strategy: "last",
        startOn: "human",
      }),
    ),
  summary: (llm: ChatOpenAI): Memory => {
    const memory = new ConversationSummaryMemory({ llm });
    return {
      recall: async () => {
        const { history } = await memory.loadMemoryVariables({});
        return history === ""
          ? []
          : [new SystemMessage(`So far: ${history}`)];
      },
      keep: (asked, reply) =>
        memory.saveContext({ input: asked.text }, { output: reply.text }),
    };
  },
};

/** A memory that keeps all messages, and sends a part of them. */
function listed(
  part: (all: BaseMessage[]) => Promise<BaseMessage[]>,
): Memory {
  const all: BaseMessage[] = [];
  return {
    recall: () => part(all),
    keep: async (...messages) => void all.push(...messages),
  };
}

const [LEAST, STEP] = [1024, 128];

/** Of each prompt, the tokens at its beginning that the prompt before began with too. */
function cachedTokens(
  prompts: BaseMessage[][],
  countTokens: Count,
): number[] {
  return prompts.map((prompt, at) => {
    const before = prompts[at - 1] ?? [];
    const differs = prompt.findIndex(
      ({ text, type }, place) =>
        text !== before[place]?.text || type !== before[place]?.type,
    );
    const same = prompt.slice(0, differs < 0 ? prompt.length : differs);
    const tokens = same.reduce((sum, { text }) => sum + countTokens(text), 0);
    return tokens < LEAST ? 0 : Math.floor(tokens / STEP) * STEP;
  });
}

// A model does not know what time it is, so programs write it into the prompt. Where they
// write it decides what a cache finds. The rules and the questions are those of the
// step before, with a buffer, and a turn takes a minute, so that the provider still has the
// prompt before. Only the place of the time is yours: `clock`.
const clocked = lab.step<{ cached: number; sent: number }>(
  "The time in the prompt",
  async ({ chat, params, countTokens, table, tell }) => {
    const rules = rulesOf(params.rules);
    const history: BaseMessage[] = [];
    const prompts: BaseMessage[][] = [];
    for (let turn = 0; turn < params.turns; turn += 1) {
      const time = `9:${30 + turn}`;
      const isFirst = params.clock === "first";
      const system = new SystemMessage(
        isFirst ? `It is ${time}.\n${rules}` : rules,
      );
      const asked = lineOf(turn);
      const question = new HumanMessage(
        isFirst ? asked : `${asked} (${time})`,
      );
      const prompt = [system, ...history, question];
      const reply = await chat().invoke(prompt);
      history.push(question, new AIMessage(reply.text));
      prompts.push(prompt);
    }
    const { cached, sent } = billOf(prompts, countTokens);
    const columns = ["the time stands", "sent", "from the cache"];
    await table("All turns", columns, [[params.clock, sent, cached]]);
    await tell({ cached, sent });
  },
);

export default lab.steps(
  found
    .predict({
      question: "Of which memory will the cache find the most tokens?",
      choices: ["buffer", "window", "token", "summary"],
      judge: ({ facts }) => mostCached(facts),
      why: ({ facts }) =>
        mostCached(facts) === "buffer" && facts.buffer.cached > 0
          ? "A buffer only grows at its end, so each prompt begins with the whole one before. The " +
            "others change what stands right behind the instructions, and the prefix ends there."
          : "The instructions are shorter than 1,024 tokens, or the conversation is, so a cache " +
            "finds little or nothing. Try rules=60.",
    })
    .expect("a cache finds most of a buffer", "buffer")
    .expect("and of each memory at least the instructions", ({ facts }) =>
      Object.values(facts).every(({ cached }) => cached >= 7 * 1024),
    )
    .briefly(),
  clocked
    .predict({
      question: ({ clock }) =>
        clock === "first"
          ? "The time stands before the rules. How much will the cache find?"
          : "The time stands in the question. How much will the cache find?",
      choices: ["nothing", "up to half", "more than half"],
      judge: ({ facts: { cached, sent } }) => {
        if (cached === 0) return "nothing";
        return cached > sent / 2 ? "more than half" : "up to half";
      },
      why: ({ params: { clock }, facts: { cached, sent } }) =>
        clock === "first"
          ? "The first line differs each time, so no two prompts begin alike, however long the " +
            "rules behind it are. Try clock=last."
          : `${cached} of ${sent} tokens: all that stands before the newest question is the same.`,
    })
    .expect("a time at the beginning leaves a cache nothing", "nothing")
    .briefly(),
);
