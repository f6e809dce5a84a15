// says: After a restart the thread's first question is not in the prompt.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  folder: string;
  thread: string;
  question: string;
}

const threads = new Map<
  string,
  { role: "user" | "assistant"; content: string }[]
>();

export async function answer({ model, thread, question }: Given) {
  const history = threads.get(thread) ?? [];
  threads.set(thread, history);
  history.push({ role: "user", content: question });
  const reply = await model.invoke(history);
  history.push({ role: "assistant", content: String(reply.content) });
  return String(reply.content);
}
