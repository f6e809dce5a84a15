// says: The review in the customer's own words is not in the third prompt.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

export async function reply({ model, review }: Given): Promise<string> {
  const english = (await model.invoke(`Translate: ${review}`)).text;
  const summary = (await model.invoke(`Summarise: ${english}`)).text;
  return (await model.invoke(`Answer a review. Its summary: ${summary}`)).text;
}
