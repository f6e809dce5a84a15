import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let lines: string[] = [];
let summary = "(nothing yet)";

/** Summarises before it asks, and sends one text. */
export async function answer({ model, question }: Given) {
  if (lines.length > 10) {
    const { text } = await model.invoke(
      ["Summarise all this:", summary, ...lines.slice(0, -4)].join("\n"),
    );
    summary = text;
    lines = lines.slice(-4);
  }
  const prompt = [`Summary: ${summary}`, ...lines, `Patient: ${question}`];
  let text = "";
  for await (const chunk of await model.stream(prompt.join("\n")))
    text += chunk.text;
  lines.push(`Patient: ${question}`, `Clinic: ${text}`);
  return text;
}
