// says: After the decision, 2 requests were sent
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Desk {
  model: ChatOpenAI;
  folder: string;
  refund: (order: string, amount: number) => Promise<string>;
}

const REFUND = {
  name: "refund",
  description: "Pays money back.",
  schema: z.object({ order: z.string(), amount: z.number() }),
};

const fileIn = (folder: string) => join(folder, "waiting.json");

export async function ask(given: Desk & { message: string }) {
  const { model, folder, message } = given;
  const reply = await model.bindTools([REFUND]).invoke(message);
  const [call] = reply.tool_calls ?? [];
  if (call === undefined) return { reply: reply.text };
  writeFileSync(fileIn(folder), JSON.stringify({ message, call }));
  return { waiting: call.args };
}

export async function decide(given: Desk & { isApproved: boolean }) {
  const { model, folder, refund, isApproved } = given;
  const { message, call } = JSON.parse(readFileSync(fileIn(folder), "utf8"));
  rmSync(fileIn(folder));
  const again = await model.bindTools([REFUND]).invoke(message);
  const args = again.tool_calls?.at(0)?.args ?? call.args;
  const content = isApproved
    ? await refund(args.order, args.amount)
    : "Refused.";
  const reply = await model.invoke([
    new HumanMessage(message),
    new AIMessage({ content: "", tool_calls: [call] }),
    new ToolMessage({ content, tool_call_id: call.id }),
  ]);
  return { reply: reply.text };
}
