import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { type ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: string[];
  samples: { answerable: string[]; others: string[] };
  questions: string[];
}

export async function answers({ model, passages, samples, questions }: Given) {
  const embeddings = new OpenAIEmbeddings({ model: "text-embedding-3-small" });
  const store = await MemoryVectorStore.fromTexts(passages, {}, embeddings);
  const best = async (question: string) => {
    const [first] = await store.similaritySearchWithScore(question, 1);
    return first?.[1] ?? 0;
  };

  // A score means nothing by itself: it depends on the embedding model, on how long the texts
  // are, and on how alike all of them are. So the line is drawn between measured questions.
  const yes = await Promise.all(samples.answerable.map(best));
  const no = await Promise.all(samples.others.map(best));
  const threshold = (Math.min(...yes) + Math.max(...no)) / 2;

  const replies: (string | null)[] = [];
  for (const question of questions) {
    const found = await store.similaritySearchWithScore(question, 2);
    const near = found.filter(([, score]) => score >= threshold);
    if (near.length === 0) {
      replies.push(null);
      continue;
    }
    const context = near.map(([{ pageContent }]) => pageContent).join("\n");
    const reply = await model.invoke(`${context}\n\nQuestion: ${question}`);
    replies.push(reply.text);
  }
  return replies;
}
