// says: are not those of a bootstrap
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

export async function compare({ model, prompts, cases }: Given) {
  let difference = 0;
  for (const { question, expected } of cases)
    for (const [prompt, sign] of [
      [prompts.new, 1],
      [prompts.old, -1],
    ] as const) {
      const { text } = await model.invoke(
        prompt.replace("{question}", question),
      );
      if (text.toLowerCase().includes(expected.toLowerCase()))
        difference += sign / cases.length;
    }
  const verdict = difference > 0 ? "new" : "old";
  return { difference, low: difference, high: difference, verdict };
}
