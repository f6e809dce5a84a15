// says: The second prompt does not contain the name as the model gave it.
import type { ChatOpenAI } from "@langchain/openai";

export async function slogan({
  model,
  product,
}: {
  model: ChatOpenAI;
  product: string;
}) {
  await model.invoke(`Name a company that makes ${product}.`);
  const reply = await model.invoke(`Write a slogan for ${product}.`);
  return reply.text;
}
