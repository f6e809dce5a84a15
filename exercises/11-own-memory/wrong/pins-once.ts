// says: A pinned fact is missing from the prompt of question 4.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  pinned: string[];
  question: string;
}

const exchanges: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, pinned, question }: Given) {
  const reply = await model.invoke([
    ...exchanges.slice(-4),
    {
      role: "user",
      content:
        exchanges.length === 0 ? `${pinned.join(" ")} ${question}` : question,
    },
  ]);
  const text = String(reply.content);
  exchanges.push(
    {
      role: "user",
      content:
        exchanges.length === 0 ? `${pinned.join(" ")} ${question}` : question,
    },
    { role: "assistant", content: text },
  );
  return text;
}

export function clear() {
  exchanges.length = 0;
}
