import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  HumanMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
} from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  folder: string;
  thread: string;
  question: string;
}

export async function answer({ model, folder, thread, question }: Given) {
  const file = join(folder, `${Buffer.from(thread).toString("hex")}.json`);
  const stored = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const messages = [
    ...mapStoredMessagesToChatMessages(stored),
    new HumanMessage(question),
  ];
  const reply = await model.invoke(messages);
  const all = mapChatMessagesToStoredMessages([...messages, reply]);
  writeFileSync(file, JSON.stringify(all));
  return String(reply.content);
}
