import type { AIMessageChunk } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  show: (piece: string) => void;
}

/** A callback for each token, and the chunks added up to one message. */
export async function answer({ model, question, show }: Given) {
  const callbacks = [{ handleLLMNewToken: (token: string) => show(token) }];
  let whole: AIMessageChunk | undefined;
  for await (const chunk of await model.stream(question, { callbacks }))
    whole = whole?.concat(chunk) ?? chunk;
  return whole?.text ?? "";
}
