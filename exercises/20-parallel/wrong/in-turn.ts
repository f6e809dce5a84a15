// says: requests had been sent: a call waits for another
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

export async function review({ model, contract, questions }: Given) {
  const answers: Record<string, string> = {};
  const failed: string[] = [];
  for (const [name, question] of Object.entries(questions)) {
    try {
      const reply = await model.invoke(`${contract}\n\n${question}`);
      answers[name] = reply.text;
    } catch {
      failed.push(name);
    }
  }
  return { answers, failed };
}
