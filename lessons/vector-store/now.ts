import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import {
  RunnablePassthrough,
  RunnableSequence,
} from "@langchain/core/runnables";
import { createAgent, tool } from "langchain";
import * as z from "zod";
import { integer, section, text, vectors } from "../../src/lab.ts";

// RetrievalQAChain still works, and hides the one thing that you will want to
// change: the prompt. Today retrieval is a runnable among others, or a tool that
// an agent uses when it sees fit.
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

// A *retriever* is a runnable: a question in, documents out. In a sequence, an
// object of runnables runs side by side on one input, and makes the values of
// the prompt's gaps.
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

// The chain searches for every line, a greeting too. An *agent* is given the
// search as a *tool*: a function with a name, a description and the shape of its
// input. The model reads those, and answers with the wish to call it; LangChain
// runs the function and sends the result back. So one question makes two calls.
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

// And when the question needs no search, the agent makes none. That saves a
// search, and costs control: whether to look is now the model's choice, and a
// model that feels sure will not look. Where every answer must have a source,
// use the chain.
const unneeded = lab.step(
  "When nothing is to be looked up",
  async ({ chat, store, handbook, show }) => {
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
  },
);

export default lab.steps(
  piped,
  asTool.predict({
    question: "One question. How many calls to the model?",
    choices: [1, 2, 3],
    judge: (run) => run.calls.length,
  }),
  unneeded.predict({
    question: "Will the agent search the handbook for a sum?",
    choices: ["yes", "no"],
    judge: ({ values }) => (values.Searches === 0 ? "no" : "yes"),
  }),
);
