// says: The request carries no JSON schema
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const field = z.string().nullable();
const Form = z.object({ bike: field, fault: field, phone: field, day: field });

export async function read({ model, message }: Given) {
  return model
    .withStructuredOutput(Form, { method: "jsonMode" })
    .invoke(`Fill in bike, fault, phone, day as JSON: ${message}`);
}
