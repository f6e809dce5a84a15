import { InMemoryStore } from "@langchain/langgraph";
import { createAgent, createMiddleware } from "langchain";
import { integer, section, text } from "../../src/lab.ts";

// A program learns more and more about a user: what they eat, where they work, what the
// dog is called. All of it in each prompt costs tokens, and hides what matters. A
// store can search its facts by meaning, with embeddings, and send the nearest few.
// More: `llm-lab help long-term-memory`, `llm-lab help embedding`.
const lab = section({
  title: "Facts by meaning",
  params: {
    question: text({
      default: "What food am I allergic to?",
      maxLength: 200,
      help: "what the user asks",
    }),
    count: integer({
      default: 2,
      min: 1,
      max: 6,
      help: "how many facts are sent",
    }),
  },
});

const FACTS = [
  "The user is allergic to peanuts and hazelnuts.",
  "The user's dog is called Rex and sleeps in the kitchen.",
  "The user works as a nurse, mostly at night.",
  "The user's train to work leaves at 6:42.",
  "The user's sister eats no meat and no fish.",
  "The user plays the cello in an orchestra.",
];

const FOLDER = ["user-1", "facts"];

// An `InMemoryStore` with an `index` embeds what is put into it, and `search` with a
// `query` returns the nearest first, each with a score: the cosine of the two vectors.
// Near is not the same as useful: with llm-lab's encoder, "What should I not eat?" brings
// the sister first, and the allergy second.
const searched = lab.step(
  "Search a store",
  async ({ embeddings, params, table }) => {
    const store = await filledStore(embeddings());
    const found = await store.search(FOLDER, {
      query: params.question,
      limit: FACTS.length,
    });
    const rows = found.map(({ value, score = 0 }) => [
      score.toFixed(3),
      value.fact,
    ]);
    await table("All facts, the nearest first", ["score", "fact"], rows);
  },
);

interface Embedder {
  embedQuery(text: string): Promise<number[]>;
  embedDocuments(texts: string[]): Promise<number[][]>;
}

async function filledStore(embeddings: Embedder) {
  const dims = (await embeddings.embedQuery("How long is a vector?")).length;
  const index = { embeddings, dims, fields: ["fact"] };
  // The types ask for the whole class, of which the store uses two methods.
  const store = new InMemoryStore({ index: index as never });
  for (const [at, fact] of FACTS.entries())
    await store.put(FOLDER, `fact-${at}`, { fact });
  return store;
}

// The middleware searches with the user's question, and puts the nearest facts into the
// system message. The agent has no checkpointer, so it knows no earlier message: all that it
// knows of the user comes from the store. The folder of the facts holds the user's id, so
// that nobody gets another's; `store.delete` erases a fact.
const recalled = lab.step<{ sent: number }>(
  "Only the nearest facts are sent",
  async ({ chat, embeddings, params, tell }) => {
    const store = await filledStore(embeddings());
    let sent = 0;
    const recall = createMiddleware({
      name: "recall",
      wrapModelCall: async (request, handler) => {
        const query = request.messages.at(-1)?.text ?? "";
        const found = await store.search(FOLDER, {
          query,
          limit: params.count,
        });
        const facts = found.map(({ value }) => value.fact);
        sent = facts.length;
        const systemPrompt = `What is known of the user:\n${facts.join("\n")}`;
        return handler({ ...request, systemPrompt });
      },
    });
    const agent = createAgent({
      model: chat(),
      tools: [],
      middleware: [recall],
    });
    const asked = { role: "user", content: params.question };
    await agent.invoke({ messages: [asked] });
    await tell({ sent });
  },
);

// A search by meaning always finds something. Here the question has nothing to do with
// any of the facts. What tells the two apart is the score, and what score is enough
// depends on the embedding model: measure it with questions of your own.
const unrelated = lab.step<{ best: number; needed: number }>(
  "A question that no fact answers",
  async ({ embeddings, params, table, tell }) => {
    const store = await filledStore(embeddings());
    const best = async (query: string) => {
      const [found] = await store.search(FOLDER, { query, limit: 1 });
      return { score: found?.score ?? 0, fact: String(found?.value.fact) };
    };
    const asked = await best(params.question);
    const other = await best("How do I sort an array of numbers?");
    await table(
      "The nearest fact",
      ["question", "score", "fact"],
      [
        ["yours", asked.score.toFixed(3), asked.fact],
        ["about sorting", other.score.toFixed(3), other.fact],
      ],
    );
    await tell({ best: other.score, needed: asked.score });
  },
);

export default lab.steps(
  searched.expect(
    "the facts are embedded, and no model is called",
    ({ calls, tables }) => calls.length === 0 && tables[0]?.rows.length === 6,
  ),
  recalled
    .predict({
      question: ({ count }) =>
        `The store holds six facts, and the limit is ${count}. How many will the prompt carry?`,
      choices: [0, 1, 2, 6],
      judge: ({ facts }) => facts.sent,
      why: ({ facts }) =>
        `The ${facts.sent} nearest, whether they help or not. The prompt stays as short with six ` +
        "thousand facts in the store as it is with six.",
    })
    .expect("only the nearest facts are sent", 2),
  unrelated
    .predict({
      question:
        "Will the search for a question about sorting numbers find a fact?",
      choices: ["yes, with a lower score", "yes, with a score as high", "no"],
      judge: ({ facts: { best, needed } }) => {
        if (best === 0) return "no";
        return best < needed
          ? "yes, with a lower score"
          : "yes, with a score as high";
      },
      why:
        "The nearest is always found, however far away it is. Send a fact only above a " +
        "score that you have measured, or the model will try to use it.",
    })
    .expect(
      "an unrelated question finds a fact, farther away",
      "yes, with a lower score",
    ),
);
