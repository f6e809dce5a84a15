// says: 3 hidden calls
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";
let lines: string[] = [];

export async function answer({ model, question }: Given) {
  const prompt = [summary, ...lines, question].join("\n");
  const { text } = await model.invoke(prompt);
  lines.push(question, text);
  if (lines.length > 10) {
    const old = lines.slice(0, -10).join("\n");
    const written = await model.invoke(`Summarise: ${summary}\n${old}`);
    summary = written.text;
    lines = lines.slice(-10);
  }
  return text;
}
