// says: the reply to the third prompt was
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

export async function reply({ model, review }: Given): Promise<string> {
  const english = (await model.invoke(`Translate: ${review}`)).text;
  const summary = (await model.invoke(`Summarise: ${english}`)).text;
  await model.invoke(`Answer ${review}: ${summary}`);
  return summary;
}
