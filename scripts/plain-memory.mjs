/**
 * The calls of the memory lesson as a plain script would make them: LangChain as npm installs it,
 * no workbook around it. `npm run bench` times it beside the lesson.
 */
import { ConversationChain } from "@langchain/classic/chains";
import {
  BufferMemory,
  BufferWindowMemory,
  ConversationSummaryBufferMemory,
  ConversationSummaryMemory,
  ConversationTokenBufferMemory,
} from "@langchain/classic/memory";
import { HumanMessage, trimMessages } from "@langchain/core/messages";
import { InMemoryStore, MemorySaver } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { ChatOpenAI } from "@langchain/openai";
import { createAgent, createMiddleware, summarizationMiddleware } from "langchain";
import { z } from "zod";

const { offlineWire } = await import(process.env.OFFLINE_APP);
const { loadCounter } = await import(process.env.TOKENS);
const countTokens = await loadCounter("offline-tutor");
const wire = offlineWire({ countTokens });
let calls = 0;
const counted = (...request) => {
  calls += 1;
  return wire(...request);
};
const chat = () =>
  Object.assign(
    new ChatOpenAI({
      model: "offline-tutor",
      apiKey: "none",
      temperature: 0,
      maxRetries: 0,
      configuration: { baseURL: "http://offline.invalid/v1", fetch: counted },
    }),
    { getNumTokens: async (text) => countTokens(String(text)) },
  );
const HELLO = "Hi, my name is Ada.";
const NAME = "What is my name?";
const SUM = "What is 1+1?";
const talk = async (memory, lines) => {
  const conversation = new ConversationChain({ llm: chat(), memory });
  for (const input of lines) console.log((await conversation.invoke({ input })).response);
};
const save = async (memory, exchanges) => {
  for (const [input, output] of exchanges) await memory.saveContext({ input }, { output });
  console.log(await memory.loadMemoryVariables({}));
};

// stateless
for (const line of [HELLO, NAME]) console.log((await chat().invoke(line)).content);
const reply = await chat().invoke([new HumanMessage(HELLO)]);
await chat().invoke([new HumanMessage(HELLO), reply, new HumanMessage(NAME)]);

// buffer and window
await talk(new BufferMemory(), [HELLO, SUM, NAME]);
await talk(new BufferMemory(), [HELLO]);
const byHand = new BufferMemory();
await save(byHand, [
  [HELLO, "Hello! How can I help?"],
  ["Not much, just looking.", "Cool."],
]);
await talk(byHand, [NAME]);
await talk(new BufferWindowMemory({ k: 1 }), [HELLO, SUM, NAME]);
const CATS = [
  ["I'm Ada.", "Hello!"],
  ["I have a cat.", "How nice."],
  ["It purrs.", "It likes you."],
];
await save(new BufferWindowMemory({ k: 1 }), CATS);
await save(new BufferWindowMemory({ k: 0 }), CATS.slice(0, 2));

// token
const EXCHANGES = [
  ["AI is what?!", "Amazing!"],
  ["Backpropagation is what?", "Beautiful!"],
  ["Chatbots are what?", "Charming!"],
];
for (const maxTokenLimit of [20, 30, 50, 20]) {
  await save(new ConversationTokenBufferMemory({ llm: chat(), maxTokenLimit }), EXCHANGES);
}
await talk(new ConversationTokenBufferMemory({ llm: chat(), maxTokenLimit: 60 }), [
  HELLO,
  SUM,
  "What is an embedding?",
  NAME,
]);

// summary
const summary = new ConversationSummaryMemory({ llm: chat() });
await save(summary, [
  ["Hello", "What's up"],
  ["Not much, just hanging", "Cool"],
  [
    "What is on the schedule today?",
    "There is a meeting at 8am with your product team. You will need your powerpoint presentation prepared. At noon, lunch with a customer. Be sure to bring your laptop to show the latest LLM demo.",
  ],
]);
await talk(summary, ["What would be a good demo to show?"]);
const packing = new ConversationSummaryMemory({ llm: chat() });
await save(packing, [
  [
    "What should I pack?",
    "Pack a tent, a stove, matches, a map, two ropes, a torch, a knife, dry socks, soap, a towel, tea and a tin of 37 biscuits.",
  ],
  ...Array.from({ length: 10 }, (_, day) => [
    `On day ${day + 1} I walk ${day + 11} km.`,
    `Day ${day + 1} sounds fine.`,
  ]),
]);
await talk(packing, ["How many biscuits should I pack?"]);
await save(
  new ConversationSummaryBufferMemory({ llm: chat(), maxTokenLimit: 60 }),
  Array.from({ length: 10 }, (_, at) => [
    `Note ${at + 1}: the code of door ${at + 1} is ${(at + 1) * 111}.`,
    "Noted.",
  ]),
);

// compare
const LINES = [
  HELLO,
  "I live in Lisbon.",
  NAME,
  "What is 12 times 12?",
  "My dog is called Rex.",
  NAME,
  "What is a token?",
  "I work as a nurse.",
  NAME,
  "What is 7 plus 8?",
  "What is an embedding?",
  NAME,
];
await talk(new BufferMemory(), LINES);
await talk(new BufferWindowMemory({ k: 2 }), LINES);
await talk(new ConversationTokenBufferMemory({ llm: chat(), maxTokenLimit: 60 }), LINES);
await talk(new ConversationSummaryMemory({ llm: chat() }), LINES);

// now
const thread = { configurable: { thread_id: "1" } };
const say = (content) => ({ messages: [{ role: "user", content }] });
const run = async (agent, lines, where = thread) => {
  for (const line of lines)
    console.log((await agent.invoke(say(line), where)).messages.at(-1).content);
};
const trim = trimMessages({
  maxTokens: 3,
  tokenCounter: (all) => all.length,
  strategy: "last",
  startOn: "human",
});
const messages = [];
for (const line of [HELLO, SUM, NAME]) {
  messages.push(new HumanMessage(line));
  messages.push(await chat().invoke(await trim.invoke(messages)));
}
const plain = { model: chat(), tools: [], checkpointer: new MemorySaver() };
const agent = createAgent(plain);
await run(agent, [HELLO, NAME]);
await run(agent, [NAME], { configurable: { thread_id: "2" } });
const window = createMiddleware({
  name: "window",
  wrapModelCall: (request, handler) =>
    handler({ ...request, messages: request.messages.slice(-3) }),
});
await run(createAgent({ ...plain, checkpointer: new MemorySaver(), middleware: [window] }), [
  HELLO,
  SUM,
  NAME,
]);
const summarise = summarizationMiddleware({
  model: chat(),
  trigger: { messages: 6 },
  keep: { messages: 2 },
});
const summarising = createAgent({
  ...plain,
  checkpointer: new MemorySaver(),
  middleware: [summarise],
});
await run(summarising, [HELLO, "I live in Lisbon.", SUM, NAME]);
const saver = SqliteSaver.fromConnString(":memory:");
await run(createAgent({ ...plain, checkpointer: saver }), [HELLO]);
await run(createAgent({ ...plain, checkpointer: saver }), [NAME]);

// long-term
await run(createAgent({ ...plain, checkpointer: new MemorySaver() }), [HELLO, NAME]);
const store = new InMemoryStore();
await store.put(["user-1", "facts"], "name", { fact: "The user's name is Ada." });
const recall = createMiddleware({
  name: "recall",
  contextSchema: z.object({ user: z.string() }),
  wrapModelCall: async (request, handler) => {
    const found = await store.search([request.runtime.context.user, "facts"]);
    const facts = found.map(({ value }) => value.fact).join("\n");
    return handler({ ...request, systemPrompt: `Facts about the user:\n${facts}` });
  },
});
const recalling = createAgent({
  ...plain,
  checkpointer: new MemorySaver(),
  middleware: [recall],
});
for (const [user, thread_id] of [
  ["user-1", "monday"],
  ["user-1", "tuesday"],
  ["user-2", "wednesday"],
])
  await run(recalling, [NAME], { configurable: { thread_id }, context: { user } });

console.log(`${calls} calls`);
