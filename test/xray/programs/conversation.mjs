// A chat bot as LangChain's docs of ConversationChain show it.
import { ConversationChain } from "@langchain/classic/chains";
import { BufferMemory } from "@langchain/classic/memory";
import { ChatOpenAI } from "@langchain/openai";

const model = new ChatOpenAI({ model: "gpt-4o-mini", temperature: 0 });
const chain = new ConversationChain({ llm: model, memory: new BufferMemory() });
for (const input of ["Hi! I'm Jim.", "What is 6 times 7?", "What's my name?"]) {
  const { response } = await chain.invoke({ input });
  console.log(response);
}
