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

const store = new InMemoryStore();
const threads = new Map<string, { role: string; content: string }[]>();

export async function remember({ user, fact }: Fact) {
  await store.put([user, "facts"], fact, { fact });
}

export async function answer({ model, user, thread, question }: Given) {
  // `search` gives ten facts unless it is told otherwise, and says nothing of the others.
  const found = await store.search([user, "facts"], { limit: 1000 });
  const facts = found.map(({ value }) => value.fact).join("\n");
  // Both parts are in the key, and JSON keeps them apart: a user may type any name.
  const key = JSON.stringify([user, thread]);
  const messages = threads.get(key) ?? [];
  threads.set(key, messages);

  messages.push({ role: "user", content: question });
  const reply = await model.invoke([
    { role: "system", content: `What you know of this patient:\n${facts}` },
    ...messages,
  ]);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
