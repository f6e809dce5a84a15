// Exercise 29: approve
//
// A shop's assistant may propose a refund, and a person at the desk says yes or no, perhaps
// after lunch, when the server has been restarted. The program below pays at once.
//
// `ask` sends the customer's message with the tool `refund`. If the model calls it, nothing is
// paid: what is needed later is written into `folder`, and `{ waiting: { order, amount } }` is
// returned. A reply without a call is returned as `{ reply }`.
// `decide` goes on. With a yes it runs `refund` once, with the arguments that were shown, and
// sends its result as the call's tool message; with a no, a tool message that says so. Before it
// in the prompt stand the customer's message and the model's call. It returns `{ reply }`. Where
// nothing waits, it throws: two clicks on yes must not pay twice.
import { tool } from "@langchain/core/tools";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Desk {
  model: ChatOpenAI;
  /** is still there after a restart */
  folder: string;
  /** pays, and says what was paid */
  refund: (order: string, amount: number) => Promise<string>;
}

export async function ask({
  model,
  folder,
  refund,
  message,
}: Desk & { message: string }) {
  const pay = tool(({ order, amount }) => refund(order, amount), {
    name: "refund",
    description: "Pays money back to the customer.",
    schema: z.object({ order: z.string(), amount: z.number() }),
  });
  const reply = await model.bindTools([pay]).invoke(message);
  const [call] = reply.tool_calls ?? [];
  if (call) await pay.invoke({ ...call, type: "tool_call" });
  return { reply: reply.text };
}

export async function decide({
  model,
  folder,
  refund,
  isApproved,
}: Desk & { isApproved: boolean }) {
  return { reply: "It is paid already." };
}
