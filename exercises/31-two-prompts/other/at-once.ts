import { PromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  prompts: { old: string; new: string };
  cases: { question: string; expected: string }[];
}

// All questions of a prompt are asked in one batch, and a draw is a list of places.
export async function compare({ model, prompts, cases }: Given) {
  const rightWith = async (prompt: string) => {
    const chain = PromptTemplate.fromTemplate(prompt).pipe(model);
    const replies = await chain.batch(
      cases.map(({ question }) => ({ question })),
    );
    return replies.map(({ text }, at) =>
      new RegExp(cases[at]?.expected ?? "", "i").test(text) ? 1 : 0,
    );
  };
  const [before, after] = await Promise.all([
    rightWith(prompts.old),
    rightWith(prompts.new),
  ]);
  const share = (right: number[], places: number[]) =>
    places.reduce((sum, at) => sum + (right[at] ?? 0), 0) / places.length;
  const lessOf = (places: number[]) =>
    share(after, places) - share(before, places);

  const all = cases.map((_, at) => at);
  const draws: number[] = [];
  while (draws.length < 3000)
    draws.push(lessOf(all.map(() => Math.floor(Math.random() * all.length))));
  draws.sort((one, other) => one - other);
  const [low = 0, high = 0] = [draws[75], draws[2924]];
  const isTold = low * high > 0;
  const verdict = isTold ? (low > 0 ? "new" : "old") : "cannot tell";
  return { difference: lessOf(all), low, high, verdict };
}
