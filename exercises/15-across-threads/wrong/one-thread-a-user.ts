// says: A question of another thread is in the prompt.
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

const known = new Map<string, string[]>();
const threads = new Map<string, Message[]>();

export function remember({ user, fact }: Fact) {
  known.set(user, [...(known.get(user) ?? []), fact]);
}

export async function answer({ model, user, question }: Given) {
  const facts = known.get(user) ?? [];
  const messages = threads.get(user) ?? [];
  threads.set(user, messages);
  messages.push({ role: "user", content: question });
  const system = { role: "system", content: facts.join("\n") };
  const reply = await model.invoke([system, ...messages]);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
