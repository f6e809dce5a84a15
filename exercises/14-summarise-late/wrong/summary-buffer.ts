// says: hidden calls by turn
import { ConversationChain } from "@langchain/classic/chains";
import { ConversationSummaryBufferMemory } from "@langchain/classic/memory";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let chain: ConversationChain | undefined;

/** Once it has a summary, this memory writes it at each turn (langchainjs issue 4452). */
export async function answer({ model, question }: Given) {
  chain ??= new ConversationChain({
    llm: model,
    memory: new ConversationSummaryBufferMemory({
      llm: model,
      maxTokenLimit: 60,
    }),
  });
  const { response } = await chain.invoke({ input: question });
  return response;
}
