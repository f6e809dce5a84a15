// says: A fact that was told later
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
  const key = JSON.stringify([user, thread]);
  const content = (known.get(user) ?? []).join("\n");
  const messages = threads.get(key) ?? [{ role: "system", content }];
  threads.set(key, messages);
  messages.push({ role: "user", content: question });
  const reply = await model.invoke(messages);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
