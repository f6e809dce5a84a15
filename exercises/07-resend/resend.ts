// Exercise 7: send it again
//
// A travel agency's assistant is asked twice: first a traveller gives their name and asks for
// a place, then they ask about that place. A model keeps nothing between two calls, so the
// second call does not know the name, nor what it has proposed itself.
//
// Send two requests. The second must have the first message, the reply to it and the second
// question, in this order and each with its role. Return the text of the second reply.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  first: string;
  second: string;
}

export async function answer({ model, first, second }: Given) {
  await model.invoke(first);
  const reply = await model.invoke(second);
  return String(reply.content);
}
