// says: Your difference is
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

export async function compare({ model, prompts, cases }: Given) {
  const differences: number[] = [];
  for (const { question, expected } of cases) {
    const isRight = async (prompt: string) => {
      const { text } = await model.invoke(
        prompt.replace("{question}", question),
      );
      return text.includes(expected);
    };
    const [before, after] = [
      await isRight(prompts.old),
      await isRight(prompts.new),
    ];
    differences.push(Number(after) - Number(before));
  }
  const draws = Array.from({ length: 2000 }, () =>
    mean(
      differences.map(
        () => differences[Math.floor(Math.random() * differences.length)] ?? 0,
      ),
    ),
  ).sort((one, other) => one - other);
  const [low = 0, high = 0] = [draws[50], draws[1949]];
  const verdict = low > 0 ? "new" : high < 0 ? "old" : "cannot tell";
  return { difference: mean(differences), low, high, verdict };
}

const mean = (values: number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;
