// Exercise 10: what a summary must keep
//
// A furniture shop's assistant keeps a summary of each talk, and sends that in place of the
// talk. Its model leaves out of a summary whatever the prompt does not ask for. So it once
// asked a customer three times for the order number.
//
// After each reply, make one hidden call that writes the summary anew, from the summary so far
// and the new exchange. Say in its prompt what must be kept word for word. Each question is
// sent with the summary, so that order numbers such as KX-4711 are known in all later prompts.
// Send no exchange older than the last four, and no more than two requests a turn. `answer`
// is called with one question after the other, and returns the reply's text.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
}

let summary = "";

export async function answer({ model, question }: Given) {
  const reply = await model.invoke(`${summary}\n\nCustomer: ${question}`);
  const said = `Customer: ${question}\nShop: ${reply.text}`;
  const written = await model.invoke(`Summarise this talk:\n${said}`);
  summary = written.text;
  return reply.text;
}
