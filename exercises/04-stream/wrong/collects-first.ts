// says: the reply had ended before its first piece was shown
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  const pieces: string[] = [];
  for await (const chunk of await model.stream(question))
    pieces.push(String(chunk.content));
  for (const piece of pieces) show(piece);
  return pieces.join("");
}
