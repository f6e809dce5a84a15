// Exercise 11: a memory of your own
//
// A pharmacy's assistant must never lose a customer's allergies, however long they talk.
// These facts are pinned: each prompt has all of them. Of the conversation itself, each
// prompt has the last two exchanges (question and reply), and nothing older.
//
// `answer` sends one question and returns the reply's text. `clear` forgets the exchanges,
// for the next customer's visit; what is pinned comes with each call.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  pinned: string[];
  question: string;
}

export async function answer({ model, pinned, question }: Given) {
  const reply = await model.invoke(question);
  return String(reply.content);
}

export function clear() {}
