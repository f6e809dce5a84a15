// says: `show` was called with an object
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: unknown) => void;
}

export async function answer({ model, question, show }: Given) {
  let text = "";
  for await (const chunk of await model.stream(question)) {
    show(chunk);
    text += chunk.text;
  }
  return text;
}
