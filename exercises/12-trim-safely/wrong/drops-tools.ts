// says: a call without its result
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

export async function answer({ model, messages, most }: Given) {
  const [system, ...talk] = messages;
  const kept = talk
    .slice(-(most - 1))
    .filter(({ type }, at) => type !== "tool" || at > 3);
  const from = kept.findIndex(({ type }) => type !== "tool");
  const sent = system ? [system, ...kept.slice(from)] : kept;
  return (await model.invoke(sent)).text;
}
