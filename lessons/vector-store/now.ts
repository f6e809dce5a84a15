import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import {
  RunnablePassthrough,
  RunnableSequence,
} from "@langchain/core/runnables";
import { createAgent, tool } from "langchain";
import * as z from "zod";
import { integer, section, text, vectors } from "../../src/lab.ts";

// RetrievalQAChain still works, from `@langchain/classic`, and takes a prompt of
// your own. But its steps are fixed. Today a retriever is one part of a chain that
// you compose yourself, or a tool of an agent. More: `llm-lab help retriever`.
const lab = section({
  title: "Retrieval as it is written today",
  kits: [vectors],
  params: {
    question: text({
      default: "How much overlap should chunks have?",
      maxLength: 300,
      help: "what you ask",
    }),
    k: integer({ default: 3, min: 1, max: 10, help: "passages to find" }),
  },
});

const PROMPT = ChatPromptTemplate.fromMessages([
  [
    "system",
    `Answer from the context only. If it does not say, say you don't know.

Context:
{context}`,
  ],
  ["human", "{question}"],
]);

type Passage = { pageContent: string; metadata: Record<string, unknown> };
const written = (passages: Passage[]) =>
  passages
    .map(
      ({ pageContent, metadata }) =>
        `Source: ${metadata.source}\n${pageContent}`,
    )
    .join("\n\n");

// A *runnable* is a part with `invoke`; `pipe` and `RunnableSequence` join such
// parts, so that each gets the result of the one before. A *retriever* is a
// runnable that takes a question and returns documents. The object at the start
// runs its two parts on the same question, and they fill the prompt's two gaps.
const piped = lab.step(
  "In a chain",
  async ({ chat, store, handbook, params }) => {
    const db = await store();
    await db.addDocuments(await handbook());

    const chain = RunnableSequence.from([
      {
        context: db.asRetriever({ k: params.k }).pipe(written),
        question: new RunnablePassthrough(),
      },
      PROMPT,
      chat(),
      new StringOutputParser(),
    ]);
    await chain.invoke(params.question);
    return (question) => chain.invoke(question);
  },
);

// An *agent*, a model in a loop with tools, gets the search as a *tool*: a function
// with a name, a description and the shape of its input (written with Zod, a
// library for such shapes). The model reads those. More: `llm-lab help tool`.
const asTool = lab.step(
  "As an agent's tool",
  async ({ chat, store, handbook, params }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const search = tool(
      async ({ query }) =>
        written(await db.similaritySearch(query, params.k)),
      {
        name: "search_handbook",
        description: "Find passages of the handbook about language models.",
        schema: z.object({ query: z.string() }),
      },
    );

    const agent = createAgent({ model: chat(), tools: [search] });
    const ask = (content: string) =>
      agent.invoke({ messages: [{ role: "user", content }] });
    await ask(params.question);
    return ask;
  },
);

// The same agent gets another question: what is 12 times 12? Your code counts the
// searches.
const unneeded = lab.step<{ searches: number }>(
  "A sum",
  async ({ chat, store, handbook, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    let searches = 0;
    const search = tool(
      async ({ query }) => {
        searches += 1;
        return written(await db.similaritySearch(query, 2));
      },
      {
        name: "search_handbook",
        description: "Find passages of the handbook about language models.",
        schema: z.object({ query: z.string() }),
      },
    );

    const agent = createAgent({ model: chat(), tools: [search] });
    const messages = [{ role: "user", content: "What is 12 times 12?" }];
    await agent.invoke({ messages });
    await show("Searches", searches);
    await tell({ searches });
  },
);

export default lab.steps(
  piped.expect(
    "the chain searches, then asks once",
    ({ calls }) => calls.length === 1,
  ),
  asTool
    .predict({
      question: "One question. How many calls to the model?",
      choices: [1, 2, 3],
      judge: (run) => run.calls.length,
      why: ({ calls }) =>
        calls.length > 1
          ? "The first reply is a request to call the tool. LangChain runs the function and sends the result to the model, which answers in the last call."
          : "The model answered without asking for the search.",
    })
    .expect("a tool takes two calls", 2),
  unneeded
    .predict({
      question: "Will the model ask for a search to work out 12 times 12?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.searches === 0 ? "no" : "yes"),
      why: "The model decides whether it asks for the search, and it may answer without looking, right or wrong. The chain searches for every line, even for a greeting: use it where every answer must have a source.",
    })
    .expect("a sum needs no search", "no"),
);
