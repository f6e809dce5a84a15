// says: The last exchange is not
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
  if (lines.length >= 10) {
    const written = await model.invoke(
      `Summarise: ${summary}\n${lines.join("\n")}`,
    );
    summary = written.text;
    lines = [];
  }
  return text;
}
