import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

/** Whom to ask in turn; what cannot pass drops the attempts that are left. */
export async function explain({ model, spare, report }: Given) {
  let turns = [model, model, model, spare];
  let last: unknown;
  while (turns.length > 0) {
    const [asked = spare] = turns;
    turns = turns.slice(1);
    try {
      let text = "";
      for await (const piece of await asked.stream(`Explain: ${report}`))
        text += piece.text;
      return text;
    } catch (error) {
      last = error;
      const { status = 0 } = Object(error);
      const isFinal = status >= 400 && status < 500 && status !== 429;
      if (isFinal) turns = turns.filter((one) => one !== asked);
    }
  }
  throw last;
}
