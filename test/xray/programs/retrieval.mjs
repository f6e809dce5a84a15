// A retrieval chain in LCEL, as LangChain's docs of RAG show it.
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { RunnablePassthrough, RunnableSequence } from "@langchain/core/runnables";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

const store = await MemoryVectorStore.fromTexts(
  ["The boiler is due in March.", "Tyres are checked once a month.", "The cat is called Ada."],
  [{}, {}, {}],
  new OpenAIEmbeddings({ model: "text-embedding-3-small" }),
);
const prompt = ChatPromptTemplate.fromTemplate(
  "Answer the question based only on the following context:\n{context}\n\nQuestion: {question}",
);
const chain = RunnableSequence.from([
  {
    context: store.asRetriever(2).pipe((docs) => docs.map((doc) => doc.pageContent).join("\n")),
    question: new RunnablePassthrough(),
  },
  prompt,
  new ChatOpenAI({ model: "gpt-4o-mini" }),
  new StringOutputParser(),
]);
for await (const piece of await chain.stream("What is the cat called?"))
  process.stdout.write(piece);
process.stdout.write("\n");
