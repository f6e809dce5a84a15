// says: It said 429, 429, and `model` was asked once; expected: 3 times.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  const reply = await model.withFallbacks([spare]).invoke(report);
  return reply.text;
}
