// says: carries 2 policies
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

export async function answer({ model, question, policies }: Given) {
  const { text } = await model.invoke(
    `Which is it: tickets, luggage, timetable, pets or other? ${question}`,
  );
  const prompt = `${policies[text]}\n${policies.other}\n\n${question}`;
  return (await model.invoke(prompt)).text;
}
