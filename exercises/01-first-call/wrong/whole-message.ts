// says: Your function returned an object (AIMessage)
import { ChatOpenAI } from "@langchain/openai";

export async function answer({ question }: { question: string }) {
  return new ChatOpenAI({ model: "offline-tutor" }).invoke(question);
}
