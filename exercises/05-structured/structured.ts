// Exercise 5: a form to fill in
//
// A bike shop's desk gets messages such as "The chain of my cargo bike slips." From each it
// fills in a form: `bike`, `fault`, `phone` and `day` (when it must be ready), all of them
// texts. The shop once rang a number that no customer had given: the model had made it up.
//
// Send one request, which carries the form's JSON schema in `response_format`, with `strict`
// set. Return an object with the four fields. A field of which the message says nothing is
// null, so the schema must let the model say null.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  message: string;
}

export async function read({ model, message }: Given) {
  const reply = await model.invoke(
    `Fill in bike, fault, phone and day. Reply with JSON only.\n\n${message}`,
  );
  return JSON.parse(String(reply.content));
}
