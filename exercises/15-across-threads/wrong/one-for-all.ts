// says: A fact about one user is in the prompt of another.
import type { ChatOpenAI } from "@langchain/openai";

interface Fact {
  user: string;
  fact: string;
}

interface Given {
  model: ChatOpenAI;
  user: string;
  thread: string;
  question: string;
}

type Message = { role: string; content: string };

const facts: string[] = [];
const threads = new Map<string, Message[]>();

export function remember({ fact }: Fact) {
  facts.push(fact);
}

export async function answer({ model, user, thread, question }: Given) {
  const key = JSON.stringify([user, thread]);
  const messages = threads.get(key) ?? [];
  threads.set(key, messages);
  messages.push({ role: "user", content: question });
  const system = { role: "system", content: facts.join("\n") };
  const reply = await model.invoke([system, ...messages]);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
