// Exercise 8: choose k
//
// A customer told the order number a while ago, and asks about the order now. The window
// sends only the last k exchanges again. With the k below, the number is often lost, or old
// small talk is paid for again.
//
// Choose k for each conversation: the exchange that tells `orderNumber` must just be sent,
// and nothing older. Each exchange is one message of the customer and one reply.
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
  const k = 2;

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
