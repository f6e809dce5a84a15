// says: is not in this prompt
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";
let lines: string[] = [];

export async function answer({ model, question }: Given) {
  const { text } = await model.invoke([...lines, question].join("\n"));
  lines.push(question, text);
  if (lines.length >= 10) {
    const old = lines.slice(0, -2).join("\n");
    const written = await model.invoke(`Summarise: ${summary}\n${old}`);
    summary = written.text;
    lines = lines.slice(-2);
  }
  return text;
}
