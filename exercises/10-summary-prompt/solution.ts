import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

// A summary is written from the summary before, so what is left out once is lost for good. The
// prompt names what the shop cannot do without; "the important things" would be the model's
// choice, and another one at each turn.
const INSTRUCTION =
  "Write the summary of a shop's talk with a customer anew. Keep all order numbers word for " +
  "word, also those of the summary so far. Leave out greetings and small talk.";

let summary = "";

export async function answer({ model, question }: Given) {
  const reply = await model.invoke([
    ["system", `You answer for a furniture shop. So far: ${summary}`],
    ["user", question],
  ]);
  const written = await model.invoke([
    ["system", INSTRUCTION],
    [
      "user",
      `So far: ${summary}\n\nCustomer: ${question}\nShop: ${reply.text}`,
    ],
  ]);
  summary = written.text;
  return reply.text;
}
