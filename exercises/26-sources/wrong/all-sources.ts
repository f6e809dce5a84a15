// says: names [3], [1] and [3] again, and `sources` is
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
  const text = reply.text.replace(/\[(\d+)\]/g, (mark, number) =>
    passages[Number(number) - 1] ? mark : "",
  );
  return { text, sources: passages.map(({ source }) => source) };
}
