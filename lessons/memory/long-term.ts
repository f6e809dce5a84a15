import { InMemoryStore, MemorySaver } from "@langchain/langgraph";
import { createAgent, createMiddleware } from "langchain";
import { z } from "zod";
import { section, text } from "../../src/lab.ts";

// A chat server talks with many people, and each of them in many conversations. Two
// questions decide what a prompt carries: which thread is this, and who is asking?
// *Long-term memory* is what outlasts a thread. More: `llm-lab help long-term-memory`,
// `llm-lab help thread`.
const lab = section({
  title: "Memory across users and threads",
  params: {
    name: text({
      default: "Ada",
      maxLength: 40,
      help: "the name of the first person",
    }),
  },
});

const say = (content: string) => ({ messages: [{ role: "user", content }] });

// The agent remembers threads with a checkpointer, as in the last section. One person
// gives a name. Then somebody else comes to the same server and asks
// for their own name.
const shared = lab.step(
  "Two people and one thread_id",
  async ({ chat, params }) => {
    const agent = createAgent({
      model: chat(),
      tools: [],
      checkpointer: new MemorySaver(),
    });

    const thread = { configurable: { thread_id: "chat" } };
    await agent.invoke(say(`Hi, my name is ${params.name}.`), thread);
    await agent.invoke(say("What is my name?"), thread);
  },
);

// A *store* keeps facts outside the threads, under a *namespace*: here a user and the
// word "facts". This middleware looks up the facts of the user who asks (`context`
// says who that is), and puts them into the system message. Your program writes them
// here; a tool can let the model do so. One user opens two threads, another a third.
const stored = lab.step("A store", async ({ chat, params }) => {
  const store = new InMemoryStore();
  const recall = createMiddleware({
    name: "recall",
    contextSchema: z.object({ user: z.string() }),
    wrapModelCall: async (request, handler) => {
      const { user } = request.runtime.context;
      const found = await store.search([user, "facts"]);
      const facts = found.map(({ value }) => value.fact).join("\n");
      const systemPrompt = `Facts about the user:\n${facts}`;
      return handler({ ...request, systemPrompt });
    },
  });
  const checkpointer = new MemorySaver();
  const middleware = [recall];
  const model = chat();
  const agent = createAgent({ model, tools: [], checkpointer, middleware });

  const fact = `The user's name is ${params.name}.`;
  await store.put(["user-1", "facts"], "name", { fact });
  for (const [user, thread_id] of VISITS) {
    const config = { configurable: { thread_id }, context: { user } };
    await agent.invoke(say("What is my name?"), config);
  }
});

/** Who asks, and in which thread. */
const VISITS = [
  ["user-1", "monday"],
  ["user-1", "tuesday"],
  ["user-2", "wednesday"],
] as const;

export default lab.steps(
  shared
    .predict({
      question: "Will the second person's prompt carry the first one's name?",
      choices: ["yes", "no"],
      judge: ({ prompts, params }) =>
        prompts.at(-1)?.includes(`my name is ${params.name}.`) ? "yes" : "no",
      why:
        "The checkpointer knows threads, not people: the same thread_id gets the same " +
        "messages, and one user reads what another said. Give each conversation an id " +
        "of its own, and let the server check that it belongs to the user who signed in.",
    })
    .expect("one thread_id shares what another person said", "yes"),
  stored
    .predict({
      question:
        "The fact is stored for user-1. How many of the three prompts will carry the name?",
      choices: [0, 1, 2, 3],
      judge: ({ prompts, params }) =>
        prompts.filter((prompt) => prompt.includes(`name is ${params.name}.`))
          .length,
      why:
        "Both threads of user-1, and not that of user-2. An InMemoryStore is gone when " +
        "your program ends; LangGraph has stores on Postgres, MongoDB and Redis too " +
        "(November 2026).",
    })
    .expect("both threads of the user carry the fact, and no other", 2),
);
