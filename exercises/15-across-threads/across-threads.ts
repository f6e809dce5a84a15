// Exercise 15: across threads
//
// A physiotherapy practice has an assistant on its web page. A patient who begins a new thread
// is asked about the bad knee again. And when a patient called their thread "monday", somebody
// else's "monday" was in it.
//
// `remember` keeps a fact about a user. `answer` sends all facts of this user, the earlier
// messages of this thread and the question; it adds the exchange to the thread and returns the
// reply's text. A thread belongs to one user: two users may call theirs the same. No prompt has
// anything of another user, nor of another thread. All may be kept in the program's memory.
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

const threads = new Map<string, { role: string; content: string }[]>();

export async function remember({ user, fact }: Fact) {
  // Your code comes here.
}

export async function answer({ model, thread, question }: Given) {
  const messages = threads.get(thread) ?? [];
  threads.set(thread, messages);
  messages.push({ role: "user", content: question });
  const reply = await model.invoke(messages);
  messages.push({ role: "assistant", content: reply.text });
  return reply.text;
}
