import { InMemoryStore, MemorySaver } from "@langchain/langgraph";
import type { ChatOpenAI } from "@langchain/openai";
import { createAgent } from "langchain";

interface Given {
  model: ChatOpenAI;
  user: string;
  thread: string;
  question: string;
}

const store = new InMemoryStore();
const checkpointer = new MemorySaver();

export async function remember({ user, fact }: { user: string; fact: string }) {
  const { facts = [] } = (await store.get(["patients"], user))?.value ?? {};
  await store.put(["patients"], user, { facts: [...facts, fact] });
}

/** All facts of a user are one value, and a checkpointer keeps the threads. */
export async function answer({ model, user, thread, question }: Given) {
  const known = await store.get(["patients"], user);
  const agent = createAgent({
    model,
    tools: [],
    checkpointer,
    systemPrompt: `Facts: ${known?.value.facts.join(" ") ?? "none"}`,
  });
  const { messages } = await agent.invoke(
    { messages: [{ role: "user", content: question }] },
    { configurable: { thread_id: `${user.length}:${user}:${thread}` } },
  );
  return messages.at(-1)?.text ?? "";
}
