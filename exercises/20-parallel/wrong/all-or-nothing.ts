// says: 500
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

export async function review({ model, contract, questions }: Given) {
  const replies = await Promise.all(
    Object.entries(questions).map(async ([name, question]) => {
      const reply = await model.invoke(`${contract}\n\n${question}`);
      return [name, reply.text];
    }),
  );
  return { answers: Object.fromEntries(replies), failed: [] };
}
