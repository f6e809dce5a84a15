import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { MarkdownTextSplitter } from "@langchain/textsplitters";
import { integer, section, text, vectors } from "../../src/lab.ts";

// Now your own texts: a folder of Markdown or plain text. Choose it with
// `--set folder=~/notes`; the default is the handbook as it is written. This
// section shows the steps one by one. The command `llm-lab index <folder>` does
// the same and keeps the result, and `llm-lab ask "…"` answers from it. More:
// `llm-lab help rag`.
const lab = section({
  title: "Your own documents",
  kits: [vectors],
  params: {
    folder: text({
      default: "the handbook",
      help: "a folder of Markdown or text, or: the handbook",
    }),
    question: text({
      default: "How long should I wait before a retry?",
      maxLength: 300,
      help: "what you ask your documents",
    }),
    size: integer({
      default: 600,
      min: 100,
      max: 5000,
      help: "characters of a chunk",
    }),
  },
});

// A *loader* reads files into documents. `folder` is llm-lab's own; LangChain has
// `DirectoryLoader` and `TextLoader` in `@langchain/classic/document_loaders`.
// Nothing that the loader loses can be found later, so look at what it returns
// before you embed it.
const loads = lab.step("Load", async ({ folder, params, show, table }) => {
  const files = await folder(params.folder);

  await show("Files", files.length);
  await table(
    "The first of them",
    ["source", "characters", "begins"],
    files
      .slice(0, 5)
      .map(({ metadata, pageContent }) => [
        metadata.source,
        pageContent.length,
        `${pageContent.slice(0, 40).replaceAll("\n", " ")}…`,
      ]),
  );
});

// A whole file is too much for one vector: many subjects would share it, and all
// of the file would go into the prompt. A *splitter* cuts it into *chunks*, at
// headings and paragraphs where it can. Each chunk keeps the metadata of its
// file, and gets the lines that it stands on.
const splits = lab.step(
  "Split, embed, store",
  async ({ folder, params, store, show }) => {
    const files = await folder(params.folder);
    const splitter = new MarkdownTextSplitter({
      chunkSize: params.size,
      chunkOverlap: Math.round(params.size / 10),
    });
    const chunks = await splitter.splitDocuments(files);

    const db = await store();
    await db.addDocuments(chunks);

    await show("Chunks of these files", chunks.length);
    await show("In the store", await db.count());
    await show("The metadata of one", chunks[1]?.metadata ?? {});
  },
);

const PROMPT = PromptTemplate.fromTemplate(
  `Answer from the context only. If it does not say, say you don't know.

Context:
{context}

Question: {question}`,
);

// The search finds the three nearest chunks, and the model answers from them.
// File and lines come from the metadata, so that a reader can check the answer.
const asks = lab.step(
  "Ask",
  async ({ chat, folder, params, store, table }) => {
    const splitter = new MarkdownTextSplitter({
      chunkSize: params.size,
      chunkOverlap: Math.round(params.size / 10),
    });
    const db = await store();
    const files = await folder(params.folder);
    await db.addDocuments(await splitter.splitDocuments(files));

    const { question } = params;
    const found = await db.similaritySearchWithScore(question, 3);
    const chain = PROMPT.pipe(chat()).pipe(new StringOutputParser());
    const context = found.map(([chunk]) => written(chunk)).join("\n\n");
    await chain.invoke({ question, context });
    await table(
      "Where it stands",
      ["source", "lines", "score"],
      found.map(([{ metadata }, score]) => [
        ...[metadata.source, linesOf(metadata)],
        score.toFixed(2),
      ]),
    );
  },
);

type Metadata = Record<string, unknown>;

const linesOf = ({ loc }: Metadata) => {
  const { lines } = loc as { lines: { from: number; to: number } };
  return `${lines.from}-${lines.to}`;
};

type Chunk = { pageContent: string; metadata: Metadata };

const written = ({ pageContent, metadata }: Chunk) =>
  `Source: ${metadata.source}\n${pageContent}`;

export default lab.steps(
  loads,
  splits,
  asks.expect(
    "the prompt carries three chunks with their files",
    ({ prompts }) => prompts[0]?.match(/^Source: /gm)?.length === 3,
  ),
);
