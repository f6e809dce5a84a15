import type { BaseCheckpointSaver } from "@langchain/langgraph";
import type { ChatOpenAI } from "@langchain/openai";
import { createAgent, humanInTheLoopMiddleware, tool } from "langchain";
import { z } from "zod";

/** A desk whose assistant may propose a refund; a person decides. */
export function deskOf(of: {
  model: ChatOpenAI;
  checkpointer: BaseCheckpointSaver;
  /** moves the money */
  pay(order: string, amount: number): void;
}) {
  const refund = tool(
    async ({ order, amount }) => {
      of.pay(order, amount);
      return `Paid back ${amount} euros for ${order}.`;
    },
    {
      name: "refund",
      description: "Pay money back for an order.",
      schema: z.object({
        order: z.string().describe("such as KX-4711"),
        amount: z.number().describe("in euros"),
      }),
    },
  );
  const asks = humanInTheLoopMiddleware({ interruptOn: { refund: true } });
  return createAgent({
    model: of.model,
    tools: [refund],
    checkpointer: of.checkpointer,
    middleware: [asks],
  });
}

/** One decision for each call that waits. */
export const yes = () => ({ decisions: [{ type: "approve" as const }] });
export const no = () => ({
  decisions: [
    { type: "reject" as const, message: "A person has refused the refund." },
  ],
});
