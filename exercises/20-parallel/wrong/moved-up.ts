// says: failed, and `answers.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

export async function review({ model, contract, questions }: Given) {
  const names = Object.keys(questions);
  const settled = await Promise.allSettled(
    names.map((name) => model.invoke(`${contract}\n\n${questions[name]}`)),
  );
  const replies = settled.filter((one) => one.status === "fulfilled");
  const answers = Object.fromEntries(
    replies.map(({ value }, at) => [names[at], value.text]),
  );
  return { answers, failed: names.slice(replies.length) };
}
