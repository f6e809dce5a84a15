// says: the window is too wide
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
  const told = exchanges.findIndex(({ customer }) =>
    customer.includes(orderNumber),
  );
  const k = exchanges.length - told + 1;

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
