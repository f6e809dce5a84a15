// says: messages were sent, and
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

export async function answer({ model, messages, most }: Given) {
  const [system, ...talk] = messages;
  const from = talk.findIndex(
    ({ type }, at) => type === "human" && talk.length - at <= most,
  );
  const sent = system ? [system, ...talk.slice(from)] : talk;
  return (await model.invoke(sent)).text;
}
