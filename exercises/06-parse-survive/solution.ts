import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

const Order = z.object({
  cake: z.string().min(1),
  pieces: z.number().int().positive(),
});

// Only what is harmless is mended: what stands round the object, and a comma too many. What is
// cut off is not completed, because nobody knows how it went on. Whether the rest is an order,
// the schema decides, not the parser: valid JSON may still be nonsense.
function orderIn(reply: string) {
  const object = reply.slice(reply.indexOf("{"), reply.lastIndexOf("}") + 1);
  try {
    const value = JSON.parse(object.replace(/,\s*}/g, "}"));
    return Order.safeParse(value).data ?? null;
  } catch {
    return null;
  }
}

export async function read({ model, mail }: Given) {
  const prompt = `Reply with JSON only, such as {"pieces": 2, "cake": "plum cake"}.\n\n${mail}`;
  const first = await model.invoke(prompt);
  const order = orderIn(String(first.content));
  if (order) return order;

  // The second prompt shows the model its own reply: the same prompt often gets the same fault.
  const second = await model.invoke([
    ["user", prompt],
    first,
    ["user", "That is not the JSON I asked for. Reply with the JSON object."],
  ]);
  return orderIn(String(second.content));
}
