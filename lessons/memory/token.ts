import { ConversationChain } from "@langchain/classic/chains";
import { ConversationTokenBufferMemory } from "@langchain/classic/memory";
import { InMemoryChatMessageHistory } from "@langchain/core/chat_history";
import { integer, section, text } from "../../src/lab.ts";

// Exchanges differ in length, and models charge by the token and read only so
// many at once: their *context window*. *ConversationTokenBufferMemory* therefore
// counts tokens, and drops the oldest messages until the rest fits a limit.
const lab = section({
  title: "A limit in tokens",
  params: {
    limit: integer({
      default: 60,
      min: 1,
      max: 2000,
      help: "the most tokens that the memory sends",
    }),
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
  },
});

const EXCHANGES = [
  ["AI is what?!", "Amazing!"],
  ["Backpropagation is what?", "Beautiful!"],
  ["Chatbots are what?", "Charming!"],
] as const;

// What counts as a token depends on the model: each has its own list of pieces,
// its *encoding*. The counts here are made on your machine, with the encoding of
// the model in use. Long rare words are cut into several pieces.
const counts = lab.step(
  "What a line costs",
  async ({ table, countTokens }) => {
    const lines = EXCHANGES.flatMap(([input, output]) => [
      `Human: ${input}`,
      `AI: ${output}`,
    ]);
    await table(
      "Tokens of each line",
      ["line", "tokens"],
      lines.map((line) => [line, countTokens(line)]),
    );
    await table(
      "All of them",
      ["", "tokens"],
      [["joined", countTokens(lines.join("\n"))]],
    );
  },
);

// The same three exchanges, saved under three limits. What is evicted goes from
// the top, one message at a time, so an answer can stay without its question:
// half an exchange.
const limits = lab.step<Kept>(
  "Three limits",
  async ({ chat, look, tell }) => {
    for (const maxTokenLimit of [20, 30, 50]) {
      const memory = new ConversationTokenBufferMemory({
        llm: chat(),
        maxTokenLimit,
      });
      for (const [input, output] of EXCHANGES) {
        await memory.saveContext({ input }, { output });
      }
      const { stored } = await look(
        memory,
        `At most ${maxTokenLimit} tokens`,
      );
      if (maxTokenLimit === 30) await tell({ stored });
    }
  },
);

type Kept = { stored: number | null };

// Now in a conversation, with your own limit. Unlike a window, this memory
// really deletes: what is evicted is gone from the chat history as well.
const evicts = lab.step("What is evicted", async ({ chat, params, look }) => {
  const memory = new ConversationTokenBufferMemory({
    llm: chat(),
    maxTokenLimit: params.limit,
  });
  const conversation = new ConversationChain({ llm: chat(), memory });

  await conversation.invoke({ input: `Hi, my name is ${params.name}.` });
  await conversation.invoke({ input: "What is 1+1?" });
  await conversation.invoke({ input: "What is an embedding?" });
  await conversation.invoke({ input: "What is my name?" });

  await look(memory);
  return conversation;
});

// A trap. The memory prunes by changing the array that `getMessages()` returns.
// A history that returns a copy, as one on a database does, is never pruned: the
// limit is there, and does nothing.
const unpruned = lab.step<Kept>(
  "A limit that does nothing",
  async ({ chat, look, tell }) => {
    class CopyingHistory extends InMemoryChatMessageHistory {
      override async getMessages() {
        return [...(await super.getMessages())];
      }
    }
    const memory = new ConversationTokenBufferMemory({
      llm: chat(),
      maxTokenLimit: 20,
      chatHistory: new CopyingHistory(),
    });
    for (const [input, output] of EXCHANGES) {
      await memory.saveContext({ input }, { output });
    }
    const { stored } = await look(
      memory,
      "At most 20 tokens, so it was asked",
    );
    await tell({ stored });
  },
);

export default lab.steps(
  counts,
  limits.predict({
    question: "With at most 30 tokens, how many of the six messages stay?",
    choices: [3, 4, 5, 6],
    judge: ({ facts }) => facts.stored ?? 0,
  }),
  evicts.predict({
    question: "Will it still know the name?",
    choices: ["yes", "no"],
    judge: ({ prompts, params }) =>
      prompts.at(-1)?.includes(`my name is ${params.name}.`) ? "yes" : "no",
  }),
  unpruned.predict({
    question: "How many of the six messages stay?",
    choices: [3, 6],
    judge: ({ facts }) => facts.stored ?? 0,
    why: "It shortens the copy that it was given; the history keeps them all.",
  }),
);
