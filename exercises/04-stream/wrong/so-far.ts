// says: The pieces that were shown, joined, are
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  let text = "";
  for await (const chunk of await model.stream(question)) {
    text += chunk.text;
    show(text);
  }
  return text;
}
