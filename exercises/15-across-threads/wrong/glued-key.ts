// says: A message of
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

export async function answer({ model, user, thread, question }: Given) {
  const facts = known.get(user) ?? [];
  const key = `${user}-${thread}`;
  const messages = threads.get(key) ?? [];
  threads.set(key, messages);
  messages.push({ role: "user", content: question });
  const system = { role: "system", content: facts.join("\n") };
  const reply = await model.invoke([system, ...messages]);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
