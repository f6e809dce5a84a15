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

/** Only its shape: nothing that the model writes can run it. */
const REFUND = {
  name: "refund",
  description: "Pays money back to the customer, once a person has agreed.",
  schema: z.object({ order: z.string(), amount: z.number() }),
};

const fileIn = (folder: string) => join(folder, "waiting.json");

export async function ask(given: Desk & { message: string }) {
  const { model, folder, message } = given;
  const reply = await model.bindTools([REFUND]).invoke(message);
  const [call] = reply.tool_calls ?? [];
  if (call === undefined) return { reply: reply.text };
  writeFileSync(fileIn(folder), JSON.stringify({ message, call }));
  const { order, amount } = REFUND.schema.parse(call.args);
  return { waiting: { order, amount } };
}

export async function decide(given: Desk & { isApproved: boolean }) {
  const { model, folder, refund, isApproved } = given;
  const { message, call } = JSON.parse(readFileSync(fileIn(folder), "utf8"));
  // The file goes before the money does. If the program dies in between, the customer asks
  // again; the other way round, a second yes would pay a second time.
  rmSync(fileIn(folder));
  const content = isApproved
    ? await refund(call.args.order, call.args.amount)
    : "A person at the desk has refused the refund.";
  const reply = await model.bindTools([REFUND]).invoke([
    new HumanMessage(message),
    // The call is what the person saw. Asked anew, the model might name another amount.
    new AIMessage({ content: "", tool_calls: [call] }),
    new ToolMessage({ content, tool_call_id: call.id }),
  ]);
  return { reply: reply.text };
}
