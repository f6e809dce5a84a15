import type { BaseMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

/** The places where a turn begins; the first from which the rest fits. */
export async function answer({ model, messages, most }: Given) {
  const [system, ...talk] = messages;
  const from = talk.findIndex(
    ({ type }, at) => type === "human" && talk.length - at < most,
  );
  const sent = system ? [system, ...talk.slice(from)] : talk;
  return (await model.invoke(sent)).text;
}
