// says: It said 503, 429, 503, and `model` was asked 4 times; expected: 3 times.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  for (let retries = 0; retries <= 3; retries += 1) {
    try {
      return (await model.invoke(report)).text;
    } catch (error) {
      const { status } = Object(error);
      if (status < 500 && status !== 429) break;
    }
  }
  return (await spare.invoke(report)).text;
}
