import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  // Memory is nothing but this: what was said is sent again. It costs its tokens each time,
  // which is why later exercises send less of it.
  const proposal = await model.invoke(first);
  const reply = await model.invoke([
    { role: "user", content: first },
    proposal,
    { role: "user", content: second },
  ]);
  return String(reply.content);
}
