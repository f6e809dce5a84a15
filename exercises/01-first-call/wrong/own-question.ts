// says: The question is not in the prompt.
import { ChatOpenAI } from "@langchain/openai";

export async function answer(): Promise<string> {
  const model = new ChatOpenAI({ model: "offline-tutor" });
  return String((await model.invoke("Is the teapot dishwasher-safe?")).content);
}
