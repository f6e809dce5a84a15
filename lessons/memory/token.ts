import { ConversationChain } from "@langchain/classic/chains";
import { ConversationTokenBufferMemory } from "@langchain/classic/memory";
import { InMemoryChatMessageHistory } from "@langchain/core/chat_history";
import { integer, mentions, section, text } from "../../src/lab.ts";

// Exchanges differ in length. Providers charge by the token, and each model has
// a limit for prompt and reply together: its *context window*. OpenAI refuses a
// longer prompt; Ollama drops the oldest messages and does not say so.
// *ConversationTokenBufferMemory* counts tokens, and drops its oldest messages until
// the rest fits a limit. The template, your new line and the reply come on top.
// More: `llm-lab help token-buffer-memory`, `llm-lab help context-window`.
const lab = section({
  title: "A limit in tokens",
  params: {
    limit: integer({
      default: 80,
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
// its *encoding*. llm-lab counts on your machine, with the encoding of the model
// in use. Most rare words are cut into several pieces.
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

// The same three exchanges are saved under a limit of 20, of 30 and of 50
// tokens. Each time the memory drops messages from the top until the rest fits.
// Use the counts of the step before to predict what fits into 30.
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

// Now a conversation with a limit of your own. Unlike a window, this memory
// deletes: what it drops is gone from the chat history as well. You see what is left
// before the last question, and after it.
const evicts = lab.step<Kept>(
  "A conversation under a limit",
  async ({ chat, params, look, tell }) => {
    const memory = new ConversationTokenBufferMemory({
      llm: chat(),
      maxTokenLimit: params.limit,
    });
    const conversation = new ConversationChain({ llm: chat(), memory });

    await conversation.invoke({ input: `Hi, my name is ${params.name}.` });
    await conversation.invoke({ input: "What is 1+1?" });
    await conversation.invoke({ input: "What is an embedding?" });
    const { stored } = await look(memory, "Before the last question");
    await tell({ stored });
    await conversation.invoke({ input: "What is my name?" });

    await look(memory, "After it");
    return conversation;
  },
);

// A memory keeps its messages in a *history*. So far that was a list in your program,
// which the memory shortens itself. A history on a database gives the memory a copy of
// the list instead, and so does this one. The limit is the first of step 2, and the
// exchanges are the same.
const unpruned = lab.step<Kept>(
  "A history like a database's",
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
    const { stored } = await look(memory, "At most 20 tokens, once more");
    await tell({ stored });
  },
);

/** Whether a prompt says the name: in the line that told it, or in the reply to that line. */
const carries = (prompt = "", reply = "", name = "") =>
  prompt.includes(`my name is ${name}.`) ||
  (mentions(reply, name) && prompt.includes(`AI: ${reply}`));

export default lab.steps(
  counts,
  limits
    .predict({
      question: "With at most 30 tokens, how many of the six messages stay?",
      choices: [3, 4, 5, 6],
      judge: ({ facts }) => facts.stored ?? 0,
      why:
        "It drops one message at a time, not one exchange. So a reply can stay " +
        "after its question has gone: half an exchange.",
    })
    .expect("half an exchange stays", 5),
  evicts
    .predict({
      question: "Will it still know the name?",
      choices: ["yes", "no"],
      judge: ({ prompts, replies, params }) =>
        carries(prompts.at(-1), replies[0], params.name) ? "yes" : "no",
      why: ({ facts: { stored }, params: { limit } }) =>
        stored === 0
          ? `The newest reply alone is longer than ${limit} tokens, so the memory drops ` +
            "all six messages, and the last prompt has no history at all."
          : `${stored} of six messages fit ${limit} tokens. The model knows the name if ` +
            "one of them says it: your line, or the reply.",
    })
    .expect("the limit drops the name", "no"),
  unpruned
    .predict({
      question:
        "With at most 20 tokens, how many of the six messages will it keep?",
      choices: [3, 6],
      judge: ({ facts }) => facts.stored ?? 0,
      why:
        "The memory drops messages by removing them from the array that " +
        "`getMessages()` returned. A database's history builds a new array each time, so " +
        "it keeps all six. The limit does nothing, and nothing tells you so.",
    })
    .expect("a history that copies its messages keeps all six", 6),
);
