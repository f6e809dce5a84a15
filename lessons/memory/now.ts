import { HumanMessage, trimMessages } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import {
  createAgent,
  createMiddleware,
  summarizationMiddleware,
} from "langchain";
import { integer, section, text } from "../../src/lab.ts";

// The classes so far are LangChain's first generation: they still work and get
// fixes, and much code uses them. Today the conversation is a list of messages
// that *you* hold, or that an *agent* holds for you in its *state*. The same
// ideas return: all, a window, a summary.
const lab = section({
  title: "Memory as it is written today",
  params: {
    k: integer({
      default: 1,
      min: 1,
      max: 20,
      help: "exchanges that are sent again",
    }),
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name that you give",
    }),
  },
});

const thread = { configurable: { thread_id: "1" } };
const say = (content: string) => ({ messages: [{ role: "user", content }] });

// Then: BufferWindowMemory. Now: `trimMessages`, a function from a list of
// messages to a shorter list. Counting each message as one makes it a window;
// counting tokens makes it a token limit. `startOn` keeps it from leaving half
// an exchange.
const trims = lab.step("A window: trimMessages", async ({ chat, params }) => {
  const model = chat();
  const window = trimMessages({
    maxTokens: 2 * params.k + 1,
    tokenCounter: (messages) => messages.length,
    strategy: "last",
    startOn: "human",
  });

  const messages = [];
  for (const line of [
    `Hi, my name is ${params.name}.`,
    "What is 1+1?",
    "What is my name?",
  ]) {
    messages.push(new HumanMessage(line));
    messages.push(await model.invoke(await window.invoke(messages)));
  }
});

// Then: ConversationChain with BufferMemory. Now: an agent with a
// *checkpointer*, which saves the state after every turn under a *thread*, the
// key of one conversation. Another thread is another conversation.
const agent = lab.step(
  "A buffer: an agent with threads",
  async ({ chat, params }) => {
    const agent = createAgent({
      model: chat(),
      tools: [],
      checkpointer: new MemorySaver(),
    });

    await agent.invoke(say(`Hi, my name is ${params.name}.`), thread);
    await agent.invoke(say("What is my name?"), thread);

    const other = { configurable: { thread_id: "2" } };
    await agent.invoke(say("What is my name?"), other);
    return (input) => agent.invoke(say(input), thread);
  },
);

// The state keeps all messages, and *middleware* decides what the model sees.
// This one is four lines: it passes on the last k exchanges and the question.
const windowed = lab.step(
  "A window: middleware",
  async ({ chat, params, show }) => {
    const window = createMiddleware({
      name: "window",
      wrapModelCall: (request, handler) =>
        handler({
          ...request,
          messages: request.messages.slice(-(2 * params.k + 1)),
        }),
    });
    const agent = createAgent({
      model: chat(),
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [window],
    });

    await agent.invoke(say(`Hi, my name is ${params.name}.`), thread);
    await agent.invoke(say("What is 1+1?"), thread);
    const { messages } = await agent.invoke(say("What is my name?"), thread);
    await show("Messages in the state", messages.length);
    return (input) => agent.invoke(say(input), thread);
  },
);

// Then: ConversationSummaryMemory. Now: `summarizationMiddleware`. It condenses
// only when the conversation passes the trigger, keeps the last messages word
// for word, and so pays for far fewer hidden calls.
const summarises = lab.step(
  "A summary: middleware",
  async ({ chat, params }) => {
    const agent = createAgent({
      model: chat(),
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [
        summarizationMiddleware({
          model: chat(),
          trigger: { messages: 6 },
          keep: { messages: 2 },
        }),
      ],
    });

    await agent.invoke(say(`Hi, my name is ${params.name}.`), thread);
    await agent.invoke(say("I live in Lisbon."), thread);
    await agent.invoke(say("What is 1+1?"), thread);
    await agent.invoke(say("What is my name?"), thread);
    return (input) => agent.invoke(say(input), thread);
  },
);

// A MemorySaver dies with the program. Any other checkpointer puts the same
// state on disk: here SQLite, a database in one file. The second agent below is
// new in every way and knows only that file, as after a restart.
const survives = lab.step(
  "Memory that survives",
  async ({ chat, params, file }) => {
    const before = SqliteSaver.fromConnString(file("memory.db"));
    const first = createAgent({
      model: chat(),
      tools: [],
      checkpointer: before,
    });
    await first.invoke(say(`Hi, my name is ${params.name}.`), thread);
    before.db.close();

    const after = SqliteSaver.fromConnString(file("memory.db"));
    const second = createAgent({
      model: chat(),
      tools: [],
      checkpointer: after,
    });
    await second.invoke(say("What is my name?"), thread);
    return (input) => second.invoke(say(input), thread);
  },
);

const carriesName = (run: { prompts: string[]; params: { name: string } }) =>
  run.prompts.at(-1)?.includes(`my name is ${run.params.name}.`)
    ? "yes"
    : "no";

export default lab.steps(
  trims.predict({
    question: "Will it still know the name?",
    choices: ["yes", "no"],
    judge: carriesName,
  }),
  agent.predict({
    question: "Will the other thread know the name?",
    choices: ["yes", "no"],
    judge: carriesName,
    why: "A thread is a conversation of its own; nothing passes between two.",
  }),
  windowed,
  summarises.predict({
    question: "Four turns. How many calls will be made?",
    choices: [4, 5, 8],
    judge: ({ calls }) => calls.length,
    why: "One for each turn, and one for each time that it condenses.",
  }),
  survives.predict({
    question: "Will the new agent know the name?",
    choices: ["yes", "no"],
    judge: carriesName,
    why: "The new agent reads the conversation from the file.",
  }),
);
