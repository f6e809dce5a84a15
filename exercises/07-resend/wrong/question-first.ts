// says: not in the order in which they were said
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  const proposal = await model.invoke(first);
  const reply = await model.invoke([
    { role: "user", content: second },
    { role: "user", content: first },
    proposal,
  ]);
  return String(reply.content);
}
