import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { type ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: string[];
  samples: { answerable: string[]; others: string[] };
  questions: string[];
}

/** As good as the worst sample that has an answer. */
export async function answers({ model, passages, samples, questions }: Given) {
  const store = new MemoryVectorStore(new OpenAIEmbeddings());
  await store.addDocuments(
    passages.map((pageContent) => ({ pageContent, metadata: {} })),
  );
  let threshold = 1;
  for (const question of samples.answerable) {
    const [[, score = 0] = []] = await store.similaritySearchWithScore(
      question,
      1,
    );
    threshold = Math.min(threshold, score);
  }
  const chain = ChatPromptTemplate.fromMessages([
    ["system", "Answer from this: {context}"],
    ["user", "{question}"],
  ])
    .pipe(model)
    .pipe(new StringOutputParser());
  const answer = async (question: string) => {
    const found = await store.similaritySearchWithScore(question, 3);
    const near = found.filter(([, score]) => score >= threshold);
    const context = near.map(([one]) => one.pageContent).join("\n");
    return near.length > 0 ? chain.invoke({ context, question }) : null;
  };
  return Promise.all(questions.map(answer));
}
