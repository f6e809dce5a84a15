// says: The second prompt lacks the first reply
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  await model.invoke(first);
  const reply = await model.invoke([
    { role: "user", content: first },
    { role: "user", content: second },
  ]);
  return String(reply.content);
}
