// says: One request was sent, and the task takes 2.
import type { ChatOpenAI } from "@langchain/openai";

export async function slogan({
  model,
  product,
}: {
  model: ChatOpenAI;
  product: string;
}) {
  const reply = await model.invoke(
    `Name a company for ${product} and write its slogan.`,
  );
  return reply.text;
}
