// says: Both models said 401, and your function threw no error.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  for (const asked of [model, model, model, spare]) {
    try {
      return (await asked.invoke(report)).text;
    } catch (error) {
      const { status } = Object(error);
      if (status >= 500 || status === 429) continue;
      return spare.invoke(report).then(
        ({ text }) => text,
        () => "No explanation is available.",
      );
    }
  }
  return "No explanation is available.";
}
