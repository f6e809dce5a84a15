import { ChatPromptTemplate } from "@langchain/core/prompts";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const known = z.union([z.string(), z.null()]);
const Form = z.object({
  reasoning: z.string(),
  bike: known,
  fault: known,
  phone: known,
  day: known,
});

export async function read({ model, message }: Given) {
  const chain = ChatPromptTemplate.fromTemplate("{message}").pipe(
    model.withStructuredOutput(Form, { method: "jsonSchema" }),
  );
  const { bike, fault, phone, day } = await chain.invoke({ message });
  return { bike, fault, phone, day };
}
