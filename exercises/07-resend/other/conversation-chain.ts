import { BufferMemory } from "@langchain/classic/memory";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  const memory = new BufferMemory({
    returnMessages: true,
    memoryKey: "earlier",
  });
  const say = async (input: string) => {
    const { earlier } = await memory.loadMemoryVariables({});
    const { content } = await model.invoke([...earlier, ["user", input]]);
    await memory.saveContext({ input }, { output: String(content) });
    return String(content);
  };
  await say(first);
  return say(second);
}
