// says: The schema does not allow null for
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const Form = z.object({
  bike: z.string(),
  fault: z.string(),
  phone: z.string().describe("null if unknown"),
  day: z.string().describe("null if unknown"),
});

export async function read({ model, message }: Given) {
  return model
    .withStructuredOutput(Form, { method: "jsonSchema", strict: true })
    .invoke(message);
}
