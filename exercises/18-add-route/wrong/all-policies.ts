// says: One request was sent for a question, and the task takes 2.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

export async function answer({ model, question, policies }: Given) {
  const all = Object.entries(policies).map((one) => one.join(": "));
  return (await model.invoke(`${all.join("\n")}\n\n${question}`)).text;
}
