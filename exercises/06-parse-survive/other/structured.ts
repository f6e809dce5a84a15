import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

const Order = z.object({ cake: z.string(), pieces: z.number() });

/** It mends nothing: each fault costs a second call. */
export async function read({ model, mail }: Given) {
  const reader = model.withStructuredOutput(Order, { method: "jsonSchema" });
  for (const attempt of ["", " Only the JSON object!"])
    try {
      return await reader.invoke(`Which cake, how many? ${mail}${attempt}`);
    } catch {
      // The second attempt, or null.
    }
  return null;
}
