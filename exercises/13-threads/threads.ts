// Exercise 13: threads
//
// A hotel answers its guests by chat. Each guest has a thread. What one guest writes must
// never reach the prompt of another, and the program may be restarted at any time: a guest
// who comes back finds the conversation where it was.
//
// `answer` sends all earlier messages of this thread and the new question, and returns the
// reply's text. Keep the threads in files in `folder`: it is still there after a restart.
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  folder: string;
  thread: string;
  question: string;
}

const history: { role: "user" | "assistant"; content: string }[] = [];

export async function answer({ model, folder, thread, question }: Given) {
  history.push({ role: "user", content: question });
  const reply = await model.invoke(history);
  history.push({ role: "assistant", content: String(reply.content) });
  return String(reply.content);
}
