// says: The request does not ask for a stream
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  const { text } = await model.invoke(question);
  for (const word of text.split(/(?<= )/)) show(word);
  return text;
}
