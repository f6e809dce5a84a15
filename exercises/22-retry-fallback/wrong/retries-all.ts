// says: It said 401, and `model` was asked 3 times; expected: once.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  const patient = model.withRetry({
    stopAfterAttempt: 3,
    onFailedAttempt: () => {},
  });
  const reply = await patient.withFallbacks([spare]).invoke(report);
  return reply.text;
}
