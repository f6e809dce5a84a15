// says: Prompt 3 contains "undefined"
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

export async function reply({ model, review }: Given): Promise<string> {
  const values: Record<string, string> = { review };
  values.english = (await model.invoke(`Translate: ${values.review}`)).text;
  values.summary = (await model.invoke(`Summarise: ${values.english}`)).text;
  return (await model.invoke(`Answer ${values.text}: ${values.summary}`)).text;
}
