// says: is not in its prompt
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { type ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: string[];
  samples: { answerable: string[]; others: string[] };
  questions: string[];
}

export async function answers({ model, passages, samples, questions }: Given) {
  const store = await MemoryVectorStore.fromTexts(
    passages,
    {},
    new OpenAIEmbeddings(),
  );
  const best = async (question: string) => {
    const [[, score = 0] = []] = await store.similaritySearchWithScore(
      question,
      1,
    );
    return score;
  };
  const threshold = Math.min(
    ...(await Promise.all(samples.answerable.map(best))),
  );
  const replies: (string | null)[] = [];
  for (const question of questions) {
    const score = await best(question);
    const isNear = score >= threshold;
    replies.push(isNear ? (await model.invoke(question)).text : null);
  }
  return replies;
}
