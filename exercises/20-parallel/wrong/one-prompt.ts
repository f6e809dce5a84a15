// says: One request was sent
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

export async function review({ model, contract, questions }: Given) {
  const reply = await model.invoke(
    [contract, ...Object.values(questions)].join("\n\n"),
  );
  const answers = Object.fromEntries(
    Object.keys(questions).map((name) => [name, reply.text]),
  );
  return { answers, failed: [] };
}
