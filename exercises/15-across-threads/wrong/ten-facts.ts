// says: Fact 11 of 12 is not in the prompt
import { InMemoryStore } from "@langchain/langgraph";
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

const store = new InMemoryStore();
const threads = new Map<string, Message[]>();

export async function remember({ user, fact }: Fact) {
  await store.put([user, "facts"], fact, { fact });
}

export async function answer({ model, user, thread, question }: Given) {
  const found = await store.search([user, "facts"]);
  const facts = found.map(({ value }) => value.fact);
  const key = JSON.stringify([user, thread]);
  const messages = threads.get(key) ?? [];
  threads.set(key, messages);
  messages.push({ role: "user", content: question });
  const system = { role: "system", content: facts.join("\n") };
  const reply = await model.invoke([system, ...messages]);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
