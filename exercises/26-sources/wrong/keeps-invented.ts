// says: passages, from 1
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: { source: string; text: string }[];
  question: string;
}

export async function answer({ model, passages, question }: Given) {
  const context = passages
    .map(({ text }, at) => {
      const quoted = text.replaceAll("<", "&lt;");
      return `<passage id="${at + 1}">${quoted}</passage>`;
    })
    .join("\n");
  const reply = await model.invoke(`${context}\n\n${question}`);
  const numbers = reply.text.match(/(?<=\[)\d+(?=\])/g) ?? [];
  const named = numbers.flatMap((one) => passages[Number(one) - 1] ?? []);
  const sources = new Set(named.map(({ source }) => source));
  return { text: reply.text, sources: [...sources] };
}
