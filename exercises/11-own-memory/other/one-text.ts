import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  pinned: string[];
  question: string;
}

let lines: string[] = [];

export async function answer({ model, pinned, question }: Given) {
  const prompt = [
    ...pinned,
    ...lines,
    `Customer: ${question}`,
    "Pharmacy:",
  ].join("\n");
  let text = "";
  for await (const chunk of await model.stream(prompt)) text += chunk.content;
  lines = [...lines, `Customer: ${question}`, `Pharmacy: ${text}`].slice(-4);
  return text;
}

export function clear() {
  lines = [];
}
