import { HumanMessage, trimMessages } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import {
  createAgent,
  createMiddleware,
  summarizationMiddleware,
} from "langchain";
import { integer, section, text } from "../../src/lab.ts";

// The memory classes so far come from LangChain 0.x. They still work, in the package
// `@langchain/classic`, for code that uses them already; for new code LangChain
// recommends `langchain` 1.x (November 2026). There your program holds the list of
// messages, or an *agent* does: a model in a loop with tools, here without any. Its
// *state* is what it keeps between turns. More: `llm-lab help checkpointer`.
const lab = section({
  title: "Memory in LangChain 1.x",
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

// `trimMessages` does the work of BufferWindowMemory: it makes a list of messages
// shorter. Where it counts each message as one, it is a window; where it counts
// tokens, it is a token limit. With `startOn: "human"` what it keeps begins with a
// question, not with half an exchange; with `includeSystem: true` it keeps a system
// message too. Your own list stays whole.
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

// An agent with a *checkpointer* does the work of a ConversationChain with
// BufferMemory. A *thread* is one conversation, and `thread_id` is its key. At each
// call the checkpointer loads the state that it saved under that key, and saves the
// new one. The last call below uses another key.
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

// The state keeps all messages. *Middleware*, code around the agent's model calls,
// decides which of them the model gets. This one begins at the human message
// that is k exchanges back. It does not count messages, because an exchange may
// hold tool calls too: OpenAI refuses a tool's result without its call.
const windowed = lab.step(
  "A window: middleware",
  async ({ chat, params, show }) => {
    const window = createMiddleware({
      name: "window",
      wrapModelCall: (request, handler) => {
        const { messages } = request;
        const asked = messages.filter((message) => message.type === "human");
        const first = asked.slice(-(params.k + 1)).at(0);
        const from = first ? messages.indexOf(first) : 0;
        return handler({ ...request, messages: messages.slice(from) });
      },
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

// `summarizationMiddleware` does the work of ConversationSummaryBufferMemory: a
// summary, and the last messages word for word. It makes a hidden call only when the
// state has at least as many messages as `trigger` says; `keep` says how many stay.
// Three are an exchange and the new question; two would leave a reply without its
// question. Tokens work too: `trigger: { tokens: 4000 }`.
const summarises = lab.step(
  "A summary and the last lines: middleware",
  async ({ chat, params }) => {
    const agent = createAgent({
      model: chat(),
      tools: [],
      checkpointer: new MemorySaver(),
      middleware: [
        summarizationMiddleware({
          model: chat(),
          trigger: { messages: 6 },
          keep: { messages: 3 },
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

// A MemorySaver keeps its states in your program, so they are gone when it ends.
// Other checkpointers use a database: SQLite, which is one file on disk, or a
// server such as Postgres, MongoDB or Redis. Below, a second agent with a
// checkpointer of its own opens the file of the first, and names the same thread.
const survives = lab.step(
  "A second agent and the same file",
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
  trims
    .predict({
      question: "Will it still know the name?",
      choices: ["yes", "no"],
      judge: carriesName,
      why: ({ params: { k } }) =>
        "The name is two exchanges back, and of the exchanges your program sent again " +
        `only the last${k === 1 ? "" : ` ${k}`}.`,
    })
    .expect("the name falls out of a window of one exchange", "no"),
  agent
    .predict({
      question: "Will the other thread know the name?",
      choices: ["yes", "no"],
      judge: carriesName,
      why:
        "A thread is a conversation of its own. The agent passes nothing from one to " +
        "another; that takes a store, which the next section shows.",
    })
    .expect("another thread knows nothing of the first", "no"),
  windowed.expect(
    "the state keeps what the window does not send",
    ({ values, messages }) =>
      values["Messages in the state"] === 6 && messages.at(-1)?.length === 3,
  ),
  summarises
    .predict({
      question: "Four turns. How many calls will be made?",
      choices: [4, 5, 8],
      judge: ({ calls }) => calls.length,
      why:
        "One for each turn, and one hidden call: at the fourth turn the state has " +
        "seven messages. A ConversationSummaryMemory would have made eight calls.",
    })
    .expect("one hidden call writes the summary", 5),
  survives
    .predict({
      question: "How many messages will the second agent send to the model?",
      choices: [1, 2, 3],
      judge: ({ messages }) => messages.at(-1)?.length ?? 0,
      why:
        "Its checkpointer reads the thread's two messages from the file, and the new " +
        "question follows. So a conversation goes on after your program was restarted.",
    })
    .expect("the second agent sends what the first one stored", 3),
);
