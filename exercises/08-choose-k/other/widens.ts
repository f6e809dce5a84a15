import { BufferWindowMemory } from "@langchain/classic/memory";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  exchanges: { customer: string; shop: string }[];
  orderNumber: string;
  question: string;
}

/** Widens the window until the number is in it. */
export async function answer({
  model,
  exchanges,
  orderNumber,
  question,
}: Given) {
  const memory = new BufferWindowMemory({ k: 1, memoryKey: "earlier" });
  for (const { customer, shop } of exchanges)
    await memory.saveContext({ input: customer }, { output: shop });
  let { earlier } = await memory.loadMemoryVariables({});
  while (!earlier.includes(orderNumber)) {
    memory.k += 1;
    ({ earlier } = await memory.loadMemoryVariables({}));
  }
  const reply = await model.invoke(`${earlier}\nHuman: ${question}\nAI:`);
  return reply.text;
}
