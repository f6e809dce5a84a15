// says: What one guest wrote is in the prompt of another.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  folder: string;
  thread: string;
  question: string;
}

export async function answer({ model, folder, question }: Given) {
  const file = join(folder, "history.json");
  const history = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : [];
  history.push({ role: "user", content: question });
  const reply = await model.invoke(history);
  history.push({ role: "assistant", content: String(reply.content) });
  writeFileSync(file, JSON.stringify(history));
  return String(reply.content);
}
