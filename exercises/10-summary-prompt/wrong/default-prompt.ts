// says: the prompt that wrote it does not ask for it
import { ConversationChain } from "@langchain/classic/chains";
import { ConversationSummaryMemory } from "@langchain/classic/memory";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let chain: ConversationChain | undefined;

export async function answer({ model, question }: Given) {
  chain ??= new ConversationChain({
    llm: model,
    memory: new ConversationSummaryMemory({ llm: model }),
  });
  const { response } = await chain.invoke({ input: question });
  return response;
}
