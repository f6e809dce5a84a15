import { StringOutputParser } from "@langchain/core/output_parsers";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

export async function answer({ model, question, policies }: Given) {
  const text = model.pipe(new StringOutputParser());
  const name = await text.invoke(
    `Which is it: tickets, luggage, timetable, pets or other? One word.\n${question}`,
  );
  const policy = policies[name.trim().toLowerCase()] ?? policies.other;
  let reply = "";
  for await (const piece of await text.stream(`${policy}\n\n${question}`))
    reply += piece;
  return reply;
}
