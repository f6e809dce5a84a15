// says: without `strict`
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const field = { type: ["string", "null"] };
const schema = {
  title: "form",
  type: "object",
  properties: { bike: field, fault: field, phone: field, day: field },
  required: ["bike", "fault", "phone", "day"],
  additionalProperties: false,
};

export async function read({ model, message }: Given) {
  return model
    .withStructuredOutput(schema, { method: "jsonSchema" })
    .invoke(message);
}
