import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  let text = "";
  const messages = [new SystemMessage(rules), new HumanMessage(question)];
  for await (const chunk of await model.stream(messages)) text += chunk.content;
  return text;
}
