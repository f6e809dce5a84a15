import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

export async function review({ model, contract, questions }: Given) {
  const chain = PromptTemplate.fromTemplate("{question}\n\n{contract}").pipe(
    model,
  );
  const names = Object.keys(questions);
  const replies = await chain.batch(
    names.map((name) => ({ contract, question: questions[name] ?? "" })),
    {},
    { returnExceptions: true },
  );
  const answers: Record<string, string> = {};
  const failed: string[] = [];
  for (const [at, reply] of replies.entries()) {
    const name = names[at] ?? "";
    if (reply instanceof Error) failed.push(name);
    else answers[name] = reply.text;
  }
  return { answers, failed };
}
