// says: Missing value for input est. 1904
import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

export async function slogan({
  model,
  product,
}: {
  model: ChatOpenAI;
  product: string;
}) {
  const name = await model.invoke(`Name a company that makes ${product}.`);
  const second = PromptTemplate.fromTemplate(
    `Write a slogan for ${name.text}.`,
  );
  const reply = await second.pipe(model).invoke({});
  return reply.text;
}
