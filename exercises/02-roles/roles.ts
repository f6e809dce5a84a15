// Exercise 2: roles
//
// A library's assistant follows house rules: how to greet, what not to promise. Written
// into the question, the rules look to the model like the reader's own words.
//
// Send one request: first the rules as a system message, then the reader's question as a
// user message, word for word and last. Return the text of the reply.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  rules: string;
  question: string;
}

export async function answer({ model, rules, question }: Given) {
  const reply = await model.invoke(`${rules} ${question}`);
  return String(reply.content);
}
