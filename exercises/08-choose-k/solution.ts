import { BufferWindowMemory } from "@langchain/classic/memory";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  exchanges: { customer: string; shop: string }[];
  orderNumber: string;
  question: string;
}

export async function answer({
  model,
  exchanges,
  orderNumber,
  question,
}: Given) {
  // A fixed k is a guess about how far back the next fact will be. What is needed is known
  // only from the conversation: in a program of yours, from what the fact is.
  const told = exchanges.findIndex(({ customer }) =>
    customer.includes(orderNumber),
  );
  const k = exchanges.length - told;

  const memory = new BufferWindowMemory({
    k,
    returnMessages: true,
    memoryKey: "earlier",
  });
  for (const { customer, shop } of exchanges)
    await memory.saveContext({ input: customer }, { output: shop });
  const { earlier } = await memory.loadMemoryVariables({});
  const reply = await model.invoke([
    ...earlier,
    { role: "user", content: question },
  ]);
  return String(reply.content);
}
