// says: A reply with a trailing comma: your function returned {
import { JsonOutputParser } from "@langchain/core/output_parsers";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

/** As a stream, JsonOutputParser closes what is open: a cake is then called "plum c". */
export async function read({ model, mail }: Given) {
  const chain = model.pipe(
    new JsonOutputParser<{ cake: string; pieces: number }>(),
  );
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const orders = await chain.stream(`Cake and pieces, as JSON: ${mail}`);
    let order: { cake: string; pieces: number } | undefined;
    try {
      for await (const soFar of orders) order = soFar;
    } catch {}
    if (order?.cake && Number.isInteger(order.pieces)) return order;
  }
  return null;
}
