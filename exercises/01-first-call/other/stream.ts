import { ChatOpenAI } from "@langchain/openai";

export async function answer({
  question,
}: {
  question: string;
}): Promise<string> {
  let text = "";
  const model = new ChatOpenAI({ model: "offline-tutor" });
  for await (const piece of await model.stream(question)) text += piece.content;
  return text;
}
