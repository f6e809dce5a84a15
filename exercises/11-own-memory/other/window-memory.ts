import { BufferWindowMemory } from "@langchain/classic/memory";
import { SystemMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  pinned: string[];
  question: string;
}

const memory = new BufferWindowMemory({
  k: 2,
  returnMessages: true,
  memoryKey: "earlier",
});

export async function answer({ model, pinned, question }: Given) {
  const { earlier } = await memory.loadMemoryVariables({});
  const facts = pinned.map((fact) => new SystemMessage(fact));
  const reply = await model.invoke([...facts, ...earlier, ["user", question]]);
  await memory.saveContext(
    { input: question },
    { output: String(reply.content) },
  );
  return String(reply.content);
}

export async function clear() {
  await memory.clear();
}
