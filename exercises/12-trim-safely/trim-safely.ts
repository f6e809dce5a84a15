// Exercise 12: trim safely
//
// A bike shop's assistant looks up stock and prices with tools. Each look-up is an assistant's
// message with one or more calls, followed by a tool's message for each call. OpenAI refuses a
// prompt in which a call has no result, or a result no call: status 400. With the line below
// that happens on every third day, whenever the cut falls between the two.
//
// Send at most `most` messages: the system message, then the end of the conversation, down to
// its last message. A turn begins with a customer's message. Keep as many turns as fit; the
// last one fits always. Return the reply's text.
import type { BaseMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  messages: BaseMessage[];
  most: number;
}

export async function answer({ model, messages, most }: Given) {
  const reply = await model.invoke(messages.slice(-most));
  return reply.text;
}
