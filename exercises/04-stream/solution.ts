import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

export async function answer({ model, question, show }: Given) {
  // A piece is shown as it is: its spaces and line ends belong to the text. The whole is joined
  // from the same pieces, because a second call would cost as much again and reply otherwise.
  let text = "";
  for await (const chunk of await model.stream(question)) {
    const piece = String(chunk.content);
    show(piece);
    text += piece;
  }
  return text;
}
