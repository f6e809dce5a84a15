// says: After `clear` an earlier question was still sent.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  pinned: string[];
  question: string;
}

const exchanges: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, pinned, question }: Given) {
  const reply = await model.invoke([
    { role: "system", content: pinned.join("\n") },
    ...exchanges.slice(-4),
    { role: "user", content: question },
  ]);
  const text = String(reply.content);
  exchanges.push(
    { role: "user", content: question },
    { role: "assistant", content: text },
  );
  return text;
}

export function clear() {}
