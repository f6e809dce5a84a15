// says: Too wide: the answers of the two prompts were drawn apart
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

export async function compare({ model, prompts, cases }: Given) {
  const rightWith = async (prompt: string) => {
    const right: number[] = [];
    for (const { question, expected } of cases) {
      const { text } = await model.invoke(
        prompt.replace("{question}", question),
      );
      right.push(text.toLowerCase().includes(expected.toLowerCase()) ? 1 : 0);
    }
    return right;
  };
  const before = await rightWith(prompts.old);
  const after = await rightWith(prompts.new);
  const drawn = (right: number[]) =>
    mean(right.map(() => right[Math.floor(Math.random() * right.length)] ?? 0));
  const draws = Array.from(
    { length: 2000 },
    () => drawn(after) - drawn(before),
  );
  draws.sort((one, other) => one - other);
  const [low = 0, high = 0] = [draws[50], draws[1949]];
  const verdict = low > 0 ? "new" : high < 0 ? "old" : "cannot tell";
  return { difference: mean(after) - mean(before), low, high, verdict };
}

const mean = (values: number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;
