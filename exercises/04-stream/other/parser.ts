import { StringOutputParser } from "@langchain/core/output_parsers";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  const pieces: string[] = [];
  const chain = model.pipe(new StringOutputParser());
  for await (const piece of await chain.stream([["user", question]])) {
    pieces.push(piece);
    if (piece !== "") show(piece);
  }
  return pieces.join("");
}
