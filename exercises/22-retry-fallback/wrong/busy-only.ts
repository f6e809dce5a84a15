// says: It said 503, and `model` was asked once; expected: twice.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      return (await model.invoke(report)).text;
    } catch (error) {
      if (Object(error).status !== 429) break;
    }
  }
  return (await spare.invoke(report)).text;
}
