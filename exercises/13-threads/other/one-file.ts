import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  folder: string;
  thread: string;
  question: string;
}

type Line = [role: "user" | "assistant", text: string];

export async function answer({ model, folder, thread, question }: Given) {
  const file = join(folder, "threads.json");
  const threads: Record<string, Line[]> = existsSync(file)
    ? JSON.parse(readFileSync(file, "utf8"))
    : {};
  const lines: Line[] = [...(threads[thread] ?? []), ["user", question]];
  let text = "";
  for await (const chunk of await model.stream(lines)) text += chunk.content;
  threads[thread] = [...lines, ["assistant", text]];
  writeFileSync(file, JSON.stringify(threads));
  return text;
}
