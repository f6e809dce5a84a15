import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AIMessage,
  HumanMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  ToolMessage,
} from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Desk {
  model: ChatOpenAI;
  folder: string;
  refund: (order: string, amount: number) => Promise<string>;
}

const TOOLS = [
  {
    type: "function" as const,
    function: {
      name: "refund",
      parameters: {
        type: "object",
        properties: { order: { type: "string" }, amount: { type: "number" } },
      },
    },
  },
];

/** All messages are kept; a decided case is moved away, for the accountant. */
export async function ask(given: Desk & { message: string }) {
  const question = new HumanMessage(given.message);
  const reply = await given.model.invoke([question], { tools: TOOLS });
  const waiting = reply.tool_calls?.at(0)?.args;
  if (!waiting) return { reply: reply.text };
  const stored = mapChatMessagesToStoredMessages([question, reply]);
  writeFileSync(join(given.folder, "open.json"), JSON.stringify(stored));
  return { waiting };
}

export async function decide(given: Desk & { isApproved: boolean }) {
  const { model, folder, refund, isApproved } = given;
  const [open, done] = ["open.json", "done.json"].map((name) =>
    join(folder, name),
  ) as [string, string];
  if (!existsSync(open)) throw new Error("no case is open");
  renameSync(open, done);
  const messages = mapStoredMessagesToChatMessages(
    JSON.parse(readFileSync(done, "utf8")),
  );
  const { tool_calls: calls = [] } = messages.at(-1) as AIMessage;
  for (const { id = "", args } of calls) {
    const content = isApproved
      ? await refund(args.order, args.amount)
      : "Refused.";
    messages.push(new ToolMessage({ content, tool_call_id: id }));
  }
  return { reply: (await model.invoke(messages, { tools: TOOLS })).text };
}
