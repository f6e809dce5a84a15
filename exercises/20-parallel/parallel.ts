// Exercise 20: in parallel
//
// A purchasing office has each contract read by a model: until when can it be cancelled, who
// pays for transport, and so on. No question needs another's answer, but the program below
// asks one after the other, and the office waits. When one call fails, all answers are lost.
//
// Send all questions before the first reply comes, each in a call of its own with the whole
// contract. Return the replies by the questions' names in `answers`, and in `failed` the names
// of the questions whose call failed.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  /** by name, such as notice: "Until when can it be cancelled?" */
  questions: Record<string, string>;
}

interface Findings {
  answers: Record<string, string>;
  failed: string[];
}

export async function review({
  model,
  contract,
  questions,
}: Given): Promise<Findings> {
  const answers: Record<string, string> = {};
  for (const [name, question] of Object.entries(questions)) {
    const reply = await model.invoke(`${contract}\n\n${question}`);
    answers[name] = reply.text;
  }
  return { answers, failed: [] };
}
