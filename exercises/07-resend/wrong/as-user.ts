// says: have the roles user, user, user
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  const proposal = await model.invoke(first);
  const reply = await model.invoke(
    [first, String(proposal.content), second].map((content) => ({
      role: "user",
      content,
    })),
  );
  return String(reply.content);
}
