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
  // The file is read at each call: nothing that is kept in the program can then differ from
  // it, mix two guests, or be lost. The name is encoded, because a guest chose it.
  const file = join(folder, `${encodeURIComponent(thread)}.json`);
  const history = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : [];
  history.push({ role: "user", content: question });
  const reply = await model.invoke(history);
  history.push({ role: "assistant", content: String(reply.content) });
  writeFileSync(file, JSON.stringify(history));
  return String(reply.content);
}
