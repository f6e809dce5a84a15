import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  message: string;
}

// The server lets the model write nothing that breaks the schema. So a field that may not be
// null gets filled, with something made up if need be: null is the way out.
const Form = z.object({
  bike: z.string().nullable().describe("the kind of bike"),
  fault: z.string().nullable().describe("what is broken"),
  phone: z.string().nullable().describe("the customer's phone number"),
  day: z.string().nullable().describe("the day when it must be ready"),
});

export async function read({ model, message }: Given) {
  const reader = model.withStructuredOutput(Form, {
    method: "jsonSchema",
    strict: true,
  });
  return reader.invoke([
    ["system", "Fill in the form. What the customer does not say is null."],
    ["user", message],
  ]);
}
