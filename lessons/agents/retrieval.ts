import { createAgent, tool } from "langchain";
import { z } from "zod";
import { number, section, text, vectors } from "../../src/lab.ts";

// In the lesson vector-store an agent got a search as its tool. This section is about what
// such a tool should return: text for the model to read, documents for your program to cite,
// and a plain word where nothing fits. More: `llm-lab help retriever`.
const lab = section({
  title: "Retrieval as a tool",
  kits: [vectors],
  params: {
    question: text({
      default: "What is a context window, and what does temperature do?",
      maxLength: 300,
      help: "what you ask about language models",
    }),
    least: number({
      default: 0.35,
      min: 0,
      max: 1,
      help: "the score below which a passage is left out",
    }),
  },
});

const QUERY = z.object({ query: z.string().describe("one question") });
const say = (content: string) => ({ messages: [{ role: "user", content }] });

type Passage = { pageContent: string; metadata: Record<string, unknown> };
const written = ({ pageContent, metadata }: Passage) =>
  `Source: ${metadata.source}\n${pageContent}`;

// A question may have two parts, and one search finds passages for one of them best. The model
// can search twice, with words of its own; a chain searches once, with the learner's words. The
// description says that a query holds one question.
const asks = lab.step<{ searches: number }>(
  "Two things to look up",
  async ({ chat, store, handbook, params, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const queries: string[] = [];
    const search = tool(
      async ({ query }) => {
        queries.push(query);
        return (await db.similaritySearch(query, 1)).map(written).join("\n");
      },
      {
        name: "search_handbook",
        description: "Find passages of the handbook about language models.",
        schema: QUERY,
      },
    );

    const agent = createAgent({ model: chat(), tools: [search] });
    const ask = (content: string) => agent.invoke(say(content));
    await ask(params.question);
    await show("What was searched for", queries);
    await tell({ searches: queries.length });
    return ask;
  },
);

// A tool may return two things: *content*, which the model reads, and an *artifact*, which only
// your program gets. So the sources that you show come from the search itself, and the model
// cannot invent one. Scores and addresses of files stay in your program.
const sources = lab.step<{ read: boolean }>(
  "Text for the model, sources for you",
  async ({ chat, store, handbook, params, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const search = tool(
      async ({ query }) => {
        const found = await db.similaritySearchWithScore(query, 1);
        const texts = found.map(([passage]) => passage.pageContent);
        const used = found.map(([{ metadata }]) => `${metadata.source}`);
        return [texts.join("\n"), used];
      },
      {
        name: "search_handbook",
        description: "Find passages of the handbook about language models.",
        schema: QUERY,
        responseFormat: "content_and_artifact",
      },
    );

    const agent = createAgent({ model: chat(), tools: [search] });
    const { messages } = await agent.invoke(say(params.question));
    const used = messages.flatMap(artifactOf);
    await show("Sources, from the program", [...new Set(used)]);
    const read = messages.map(({ text }) => text).join("\n");
    await tell({ read: used.some((source) => read.includes(source)) });
  },
);

const artifactOf = (message: object): string[] =>
  "artifact" in message ? ((message.artifact as string[]) ?? []) : [];

// A search always finds something that is nearest. With a threshold the tool says that nothing
// fits, and what the model should do then. The question is about a shop, and the handbook knows
// nothing of it.
const nothing = lab.step<{ empty: number; searches: number }>(
  "Nothing fits",
  async ({ chat, store, handbook, params, show, tell }) => {
    const db = await store();
    await db.addDocuments(await handbook());
    const results: string[] = [];
    const search = tool(
      async ({ query }) => {
        const found = await db.similaritySearchWithScore(query, 2);
        const near = found.filter(([, score]) => score >= params.least);
        const texts = near.map(([passage]) => written(passage));
        results.push(texts.join("\n") || NOTHING);
        return results.at(-1) ?? "";
      },
      {
        name: "search_handbook",
        description: "Find passages of the handbook about language models.",
        schema: QUERY,
      },
    );

    const agent = createAgent({ model: chat(), tools: [search] });
    const asked = say("Which bus goes to the harbour on Sundays?");
    const { messages } = await agent.invoke(asked);
    await show("The answer", messages.at(-1)?.text);
    const empty = results.filter((result) => result === NOTHING).length;
    await tell({ empty, searches: results.length });
  },
);

const NOTHING =
  "No passage fits. Say that the handbook does not tell; do not guess.";

export default lab.steps(
  asks
    .predict({
      question: "How many searches will the model ask for?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.searches,
      why: ({ facts }) =>
        facts.searches > 1
          ? "It took the question apart, and each part finds its own passage. That is what an agent is worth here; it costs a round more than a chain."
          : "The model decides how often it searches. A chain would search once, whatever the question.",
    })
    .expect("a question of two parts is searched for twice", 2),
  sources
    .predict({
      question: "The sources are the artifact. Does the model read them?",
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.read ? "yes" : "no"),
      why:
        "A tool message has room for an artifact, and LangChain does not send it. It is also " +
        "the way to keep long tables and pictures out of the prompt.",
    })
    .expect("the artifact is not sent", "no"),
  nothing
    .predict({
      question: ({ least }) =>
        `Passages with a score under ${least} are left out. Will the model get any to read?`,
      choices: ["yes", "no"],
      judge: ({ facts }) => (facts.searches > facts.empty ? "yes" : "no"),
      why: ({ facts }) =>
        facts.searches === 0
          ? "The model did not search at all."
          : facts.empty > 0
            ? "Without the threshold it would have read the two nearest passages, and they are about something else. Which score separates the two has to be measured, for each embedding model: vector-store/search."
            : "The nearest passages were near enough for this threshold, and they do not help. Set it higher: `--set least=0.5`.",
    })
    .expect("passages that are too far are not read", "no"),
);
