// says: Nothing waits.
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

let waiting:
  | { message: string; call: { id?: string; args: object } }
  | undefined;

export async function ask(given: Desk & { message: string }) {
  const { model, message } = given;
  const reply = await model.bindTools([REFUND]).invoke(message);
  const [call] = reply.tool_calls ?? [];
  if (call === undefined) return { reply: reply.text };
  waiting = { message, call };
  return { waiting: call.args };
}

export async function decide(given: Desk & { isApproved: boolean }) {
  const { model, refund, isApproved } = given;
  if (waiting === undefined) throw new Error("Nothing waits.");
  // biome-ignore lint/suspicious/noExplicitAny: it is as the model wrote it
  const { message, call } = waiting as any;
  waiting = undefined;
  const content = isApproved
    ? await refund(call.args.order, call.args.amount)
    : "Refused.";
  const reply = await model.invoke([
    new HumanMessage(message),
    new AIMessage({ content: "", tool_calls: [call] }),
    new ToolMessage({ content, tool_call_id: call.id }),
  ]);
  return { reply: reply.text };
}
