import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, MemorySaver } from "@langchain/langgraph";
import type { ChatOpenAI } from "@langchain/openai";
import { createAgent, humanInTheLoopMiddleware, tool } from "langchain";
import * as z from "zod";

interface Desk {
  model: ChatOpenAI;
  folder: string;
  refund: (order: string, amount: number) => Promise<string>;
}

const THREAD = { configurable: { thread_id: "desk" } };

export async function ask(given: Desk & { message: string }) {
  const { agent, save } = agentOf(given);
  const state = await agent.invoke(
    { messages: [{ role: "user", content: given.message }] },
    THREAD,
  );
  save();
  const { messages, __interrupt__: stopped } = state as typeof state & {
    __interrupt__?: { value: { actionRequests: { args: object }[] } }[];
  };
  const waiting = stopped?.[0]?.value.actionRequests[0]?.args;
  return waiting ? { waiting } : { reply: messages.at(-1)?.text };
}

export async function decide(given: Desk & { isApproved: boolean }) {
  const { agent, save } = agentOf(given);
  const { next } = await agent.graph.getState(THREAD);
  if (next.length === 0) throw new Error("Nothing waits for a decision.");
  const decision = given.isApproved
    ? { type: "approve" }
    : { type: "reject", message: "The desk has said no." };
  const { messages } = await agent.invoke(
    new Command({ resume: { decisions: [decision] } }),
    THREAD,
  );
  save();
  return { reply: messages.at(-1)?.text };
}

function agentOf({ model, folder, refund }: Desk) {
  const checkpointer = new MemorySaver();
  const file = join(folder, "checkpoints.json");
  if (existsSync(file))
    Object.assign(
      checkpointer,
      JSON.parse(readFileSync(file, "utf8"), (_, value) =>
        value?.bytes ? Buffer.from(value.bytes, "base64") : value,
      ),
    );
  const pay = tool(({ order, amount }) => refund(order, amount), {
    name: "refund",
    description: "Pays money back.",
    schema: z.object({ order: z.string(), amount: z.number() }),
  });
  const agent = createAgent({
    model,
    tools: [pay],
    checkpointer,
    middleware: [humanInTheLoopMiddleware({ interruptOn: { refund: true } })],
  });
  const save = () => {
    const { storage, writes } = checkpointer;
    const text = JSON.stringify({ storage, writes }, (_, value) =>
      value instanceof Uint8Array
        ? { bytes: Buffer.from(value).toString("base64") }
        : value,
    );
    writeFileSync(file, text);
  };
  return { agent, save };
}
