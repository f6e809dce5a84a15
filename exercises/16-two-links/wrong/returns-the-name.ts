// says: the reply to the second prompt was
import type { ChatOpenAI } from "@langchain/openai";

export async function slogan({
  model,
  product,
}: {
  model: ChatOpenAI;
  product: string;
}) {
  const name = await model.invoke(`Name a company that makes ${product}.`);
  await model.invoke(`Write a slogan for ${name.text}.`);
  return name.text;
}
