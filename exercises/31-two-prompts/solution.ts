import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

export async function compare({ model, prompts, cases }: Given) {
  // A hard question is hard for both prompts. What each question says by itself is the
  // difference of its two answers: 1, 0 or -1. Drawn together, they stay a pair.
  const differences: number[] = [];
  for (const { question, expected } of cases) {
    const isRight = async (prompt: string) => {
      const { text } = await model.invoke(
        prompt.replace("{question}", question),
      );
      return text.toLowerCase().includes(expected.toLowerCase());
    };
    const before = await isRight(prompts.old);
    const after = await isRight(prompts.new);
    differences.push(Number(after) - Number(before));
  }

  const draws = Array.from({ length: 2000 }, () => {
    const drawn = differences.map(
      () => differences[Math.floor(Math.random() * differences.length)] ?? 0,
    );
    return mean(drawn);
  }).sort((one, other) => one - other);
  const low = draws[Math.floor(0.025 * draws.length)] ?? 0;
  const high = draws[Math.ceil(0.975 * draws.length) - 1] ?? 0;
  const verdict = low > 0 ? "new" : high < 0 ? "old" : "cannot tell";
  return { difference: mean(differences), low, high, verdict };
}

const mean = (values: number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;
