// Exercise 25: threshold
//
// A company answers questions from its leaflets. A search finds something for every question,
// also for "Who wrote Hamlet?", and then the model is paid for an answer that nobody should
// read. 0.3 was a good threshold for the bicycle shop, and a bad one for the library.
//
// `samples` are questions of which the company knows whether a passage answers them. Find the
// threshold from their scores. Then answer `questions`, in their order: with the passages that
// are near enough in the prompt, or with null and without a chat call. At least five of six
// answerable questions must be answered, and all others refused.
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { type ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: string[];
  samples: { answerable: string[]; others: string[] };
  questions: string[];
}

const THRESHOLD = 0.3;

export async function answers({ model, passages, samples, questions }: Given) {
  const embeddings = new OpenAIEmbeddings({ model: "text-embedding-3-small" });
  const store = await MemoryVectorStore.fromTexts(passages, {}, embeddings);

  const replies: (string | null)[] = [];
  for (const question of questions) {
    const found = await store.similaritySearchWithScore(question, 2);
    const near = found.filter(([, score]) => score >= THRESHOLD);
    const context = near.map(([{ pageContent }]) => pageContent).join("\n");
    const reply = await model.invoke(`${context}\n\nQuestion: ${question}`);
    replies.push(reply.text);
  }
  return replies;
}
