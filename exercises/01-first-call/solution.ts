import { ChatOpenAI } from "@langchain/openai";

// `invoke` returns an AIMessage: besides the text it has the tokens used and the reason
// for the end. Whoever only wants the text takes `content` out of it.
export async function answer({
  question,
}: {
  question: string;
}): Promise<string> {
  const model = new ChatOpenAI({ model: "offline-tutor" });
  const reply = await model.invoke(question);
  return String(reply.content);
}
