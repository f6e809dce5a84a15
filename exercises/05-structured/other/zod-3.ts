import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod/v3";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const field = z.string().nullable();
const Form = z.object({ bike: field, fault: field, phone: field, day: field });

export async function read({ model, message }: Given) {
  const { parsed } = await model
    .withStructuredOutput(Form, { method: "jsonSchema", includeRaw: true })
    .invoke(message);
  return parsed;
}
