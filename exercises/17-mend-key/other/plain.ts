import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  review: string;
}

export async function reply({ model, review }: Given): Promise<string> {
  const english = (await model.invoke(`Translate into English: ${review}`))
    .text;
  const summary = (await model.invoke(`Summarise: ${english}`)).text;
  let answer = "";
  const prompt = `Summary: ${summary}\nAnswer in the language of: ${review}`;
  for await (const piece of await model.stream(prompt)) answer += piece.text;
  return answer;
}
