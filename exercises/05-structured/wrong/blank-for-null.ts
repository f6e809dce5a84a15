// says: and null was expected
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const field = z.string().nullable();
const Form = z.object({ bike: field, fault: field, phone: field, day: field });

export async function read({ model, message }: Given) {
  const form = await model
    .withStructuredOutput(Form, { method: "jsonSchema", strict: true })
    .invoke(message);
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, value ?? ""]),
  );
}
