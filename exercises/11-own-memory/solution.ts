import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  pinned: string[];
  question: string;
}

const exchanges: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, pinned, question }: Given) {
  // Pinned facts are not part of what is cut: put into the window, they would leave it like
  // any other message. So they are sent apart, first, where a provider's cache finds them too.
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

export function clear() {
  exchanges.length = 0;
}
