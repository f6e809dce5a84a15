// says: 2 requests were sent, and the task takes 1.
import { ChatOpenAI } from "@langchain/openai";

export async function answer({
  question,
}: {
  question: string;
}): Promise<string> {
  const model = new ChatOpenAI({ model: "offline-tutor" });
  await model.invoke(question);
  return String((await model.invoke(question)).content);
}
