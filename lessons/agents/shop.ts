import { tool } from "langchain";
import { z } from "zod";

/** The orders of a small shop. */
const ORDERS: Record<string, string> = {
  "KX-4711": "a lamp, 48 euros, arrived broken",
  "KX-4712": "a teapot, 19 euros, on its way",
};

const order = z.string().describe("such as KX-4711");

/** Looks at an order; changes nothing. */
export const getOrder = tool(
  async (given) =>
    `${given.order}: ${ORDERS[given.order] ?? "there is no such order"}`,
  {
    name: "get_order",
    description: "Look at an order: what it is, and what it cost.",
    schema: z.object({ order }),
  },
);

/** Says that it pays; the shop's purse is not real. */
export const refund = tool(
  async (given) => `Paid back ${given.amount} euros for ${given.order}.`,
  {
    name: "refund",
    description: "Pay money back for an order.",
    schema: z.object({ order, amount: z.number().describe("in euros") }),
  },
);
