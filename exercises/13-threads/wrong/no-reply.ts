// says: The thread's earlier reply is not in the prompt.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  folder: string;
  thread: string;
  question: string;
}

export async function answer({ model, folder, thread, question }: Given) {
  const file = join(folder, `${encodeURIComponent(thread)}.json`);
  const history = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : [];
  history.push({ role: "user", content: question });
  const reply = await model.invoke(history);
  writeFileSync(file, JSON.stringify(history));
  return String(reply.content);
}
