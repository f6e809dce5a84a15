import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";
const numbers = new Set<string>();

/** Trusts no summary: the program itself keeps what looks like an order number. */
export async function answer({ model, question }: Given) {
  for (const [found] of question.matchAll(/\b[A-Z]{2}-\d{4}\b/g))
    numbers.add(found);
  const known = `Order: ${[...numbers].join(", ")}\n${summary}`;
  let text = "";
  for await (const chunk of await model.stream(`${known}\n${question}`))
    text += chunk.text;
  const written = await model.invoke(
    `In a sentence, what is this talk about?\n${summary}\n${question}\n${text}`,
  );
  summary = written.text;
  return text;
}
