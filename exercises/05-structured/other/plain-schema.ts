import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  message: string;
}

const names = ["bike", "fault", "phone", "day"];

/** A JSON schema by hand, in the request as OpenAI's protocol has it. */
export async function read({ model, message }: Given) {
  const schema = {
    type: "object",
    properties: Object.fromEntries(
      names.map((name) => [name, { type: ["string", "null"] }]),
    ),
    required: names,
    additionalProperties: false,
  };
  const { content } = await model.invoke(message, {
    response_format: {
      type: "json_schema",
      json_schema: { name: "form", strict: true, schema },
    },
  });
  return JSON.parse(String(content));
}
