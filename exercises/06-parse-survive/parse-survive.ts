// Exercise 6: survive a bad reply
//
// A bakery's order desk reads orders from mails: which cake, and how many pieces. Its small
// model knows no schemas, and replies as such models do: with a sentence round the JSON, in a
// code fence, with a trailing comma, cut off in the middle, with a word for the number, with
// nothing at all, or with an apology. Nobody may bake a "plum" because the rest was cut off.
//
// Return `{ cake, pieces }`, a text and a whole number. If a reply is of no use, ask a second
// time; if that one is of no use either, return null: a person reads the mail then. Never
// throw, and never send more than two requests for a mail.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  mail: string;
}

export async function read({ model, mail }: Given) {
  const reply = await model.invoke(
    `Reply with JSON only, such as {"pieces": 2, "cake": "plum cake"}.\n\n${mail}`,
  );
  return JSON.parse(String(reply.content));
}
