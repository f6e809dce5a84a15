// says: lists in `required` not all of its fields
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const field = z.string().nullish();
const Form = z.object({ bike: field, fault: field, phone: field, day: field });

export async function read({ model, message }: Given) {
  return model
    .withStructuredOutput(Form, { method: "jsonSchema", strict: true })
    .invoke(message);
}
