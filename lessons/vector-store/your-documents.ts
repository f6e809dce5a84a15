import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { MarkdownTextSplitter } from "@langchain/textsplitters";
import { integer, section, text, vectors } from "../../src/lab.ts";

// Now your own texts: a folder of Markdown or plain text. Set it with
// `--set folder=~/notes`; unless you do, it is the handbook as it is written. What
// this section does step by step, the command `llm-lab index <folder>` does for
// keeps, and `llm-lab ask "…"` asks it.
const lab = section({
  title: "Your own documents",
  kits: [vectors],
  params: {
    folder: text({
      default: "the handbook",
      help: "a folder of Markdown or text, or the handbook that ships",
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

// A *loader* reads files into documents. What it makes of them is all that can
// ever be found, so look at it before you embed it.
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

// A whole file is too much for one vector: its meaning would be a blur, and all
// of it would go into the prompt. So a *splitter* cuts it into *chunks*, at
// headings and paragraphs where it can. Each chunk keeps its metadata: the
// source, and the lines that it stands on.
const splits = lab.step(
  "Split, embed, store",
  async ({ folder, params, store, show }) => {
    const files = await folder(params.folder);
    const splitter = new MarkdownTextSplitter({
      chunkSize: params.size,
      chunkOverlap: params.size / 10,
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

// And ask. The answer names the file and the lines, so that whoever reads it can
// check it: an answer without a source is a rumour.
const asks = lab.step(
  "Ask",
  async ({ chat, folder, params, store, table }) => {
    const splitter = new MarkdownTextSplitter({
      chunkSize: params.size,
      chunkOverlap: params.size / 10,
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

export default lab.steps(loads, splits, asks);
