import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  product: string;
}

export async function slogan({ model, product }: Given): Promise<string> {
  const name = await model.invoke(`Name a company that makes ${product}.`);
  const reply = await model.invoke([
    { role: "system", content: "You write slogans." },
    { role: "user", content: `The company: ${name.text}` },
  ]);
  return reply.text;
}
