// says: in a message of the role system
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
  const reply = await model.invoke([
    ["system", `Answer from these passages:\n${context}`],
    ["user", question],
  ]);
  const named = new Set<string>();
  const text = reply.text.replace(/\[(\d+)\]/g, (mark, number) => {
    const passage = passages[Number(number) - 1];
    if (passage) named.add(passage.source);
    return passage ? mark : "";
  });
  return { text, sources: [...named] };
}
