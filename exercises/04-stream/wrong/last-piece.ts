// says: Your function returned "
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  let last = "";
  for await (const chunk of await model.stream(question)) {
    show(chunk.text);
    if (chunk.text !== "") last = chunk.text;
  }
  return last;
}
