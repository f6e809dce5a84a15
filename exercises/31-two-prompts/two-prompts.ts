// Exercise 31: two prompts
//
// Somebody has rewritten a prompt of the help desk, and says that it is better. You have
// questions, each with a word that a right answer holds, in capitals or not. Find out.
// - Ask each question once with each prompt; {question} in a prompt is its gap.
// - `difference` is the share of right answers with the new prompt less that with the old.
// - `low` and `high` are the bounds of the middle 95 per cent of at least 1000 bootstrap
//   draws. Both prompts answered the same questions: draw questions, not answers.
// - `verdict` is "new" or "old" where both bounds are on one side of 0, else "cannot tell".
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

export async function compare({ model, prompts, cases }: Given) {
  let difference = 0;
  for (const { question, expected } of cases) {
    const prompt = prompts.new.replace("{question}", question);
    const reply = await model.invoke(prompt);
    if (reply.text.includes(expected)) difference += 1 / cases.length;
  }
  const verdict = difference > 0.5 ? "new" : "old";
  return { difference, low: difference, high: difference, verdict };
}
