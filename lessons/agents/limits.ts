import {
  createAgent,
  createMiddleware,
  modelCallLimitMiddleware,
  ToolMessage,
  tool,
} from "langchain";
import { z } from "zod";
import { integer, section } from "../../src/lab.ts";

// Some models get stuck: they call the same tool again and again, or two tools in turn. Each
// round sends the growing list of messages once more, and what a tool does, it does again.
// llm-lab makes such a model by repeating its last call in place of each answer. (The tokens
// out are those of the answer that the endpoint wrote, and that you did not get to see.) More:
// `llm-lab help agent-loop-limit`.
const lab = section({
  title: "A loop that would never end",
  params: {
    limit: integer({
      default: 7,
      min: 3,
      max: 25,
      help: "LangGraph's recursionLimit",
    }),
    calls: integer({
      default: 3,
      min: 1,
      max: 10,
      help: "calls to the model that one question may take",
    }),
  },
});

const say = (content: string) => ({ messages: [{ role: "user", content }] });
const ORDER = say("Order 3 kettles.");

/** A tool that notes each order. */
function shelf() {
  const orders: string[] = [];
  const placeOrder = tool(
    async ({ product, count }) => {
      orders.push(`${count} ${product}`);
      return `Order ${orders.length}: ${count} of ${product}.`;
    },
    {
      name: "place_order",
      description: "Order a product from the shop.",
      schema: z.object({ product: z.string(), count: z.number().int() }),
    },
  );
  return { orders, placeOrder };
}

// An agent is a graph, and LangGraph counts the nodes that run, its *steps*. `recursionLimit`
// says how many there may be; without it there may be 25. A round is two steps: one asks the
// model, one runs the tools.
const recursion = lab.step<{ orders: number }>(
  "A limit of steps",
  async ({ chat, params, fails, show, tell }) => {
    const { orders, placeOrder } = shelf();
    const agent = createAgent({
      model: chat({ fault: "calls-again" }),
      tools: [placeOrder],
    });

    await fails("the agent", () =>
      agent.invoke(ORDER, { recursionLimit: params.limit }),
    );
    await show("Orders", orders);
    await tell({ orders: orders.length });
  },
);

// `modelCallLimitMiddleware` counts the calls to the model. With `exitBehavior: "end"` it
// ends the run with a message of its own and keeps what was found so far; with "error" it
// throws. Middleware that looks at each call is a node too, so `recursionLimit` must leave
// room for it; keep it as a second net.
const counted = lab.step<{ orders: number }>(
  "A limit of calls to the model",
  async ({ chat, params, show, tell }) => {
    const { orders, placeOrder } = shelf();
    const most = modelCallLimitMiddleware({
      runLimit: params.calls,
      exitBehavior: "end",
    });
    const agent = createAgent({
      model: chat({ fault: "calls-again" }),
      tools: [placeOrder],
      middleware: [most],
    });

    const { messages } = await agent.invoke(ORDER, { recursionLimit: 100 });
    await show("The answer", messages.at(-1)?.text);
    await show("Orders", orders);
    await tell({ orders: orders.length });
  },
);

// A limit ends the loop, but what the tool has done is done. This middleware runs around each
// call of a tool and remembers the calls of this run: `beforeAgent` begins each run with an
// empty list, and a call that failed is taken off it. One that comes again is not run, and the
// model reads why. (Where runs overlap, give each an agent of its own.)
const once = lab.step<{ orders: number }>(
  "The same call only once",
  async ({ chat, params, show, tell }) => {
    const { orders, placeOrder } = shelf();
    const seen = new Set<string>();
    const sameOnce = createMiddleware({
      name: "sameOnce",
      beforeAgent: () => seen.clear(),
      wrapToolCall: async (request, handler) => {
        const key = keyOf(request.toolCall);
        if (seen.has(key)) return doneAlready(request.toolCall);
        seen.add(key);
        try {
          return await handler(request);
        } catch (error) {
          seen.delete(key);
          throw error;
        }
      },
    });
    const most = atMost(params.calls);
    const model = chat({ fault: "calls-again" });
    const middleware = [most, sameOnce];
    const agent = createAgent({ model, tools: [placeOrder], middleware });
    for (let run = 1; run <= 2; run += 1)
      await agent.invoke(ORDER, { recursionLimit: 100 });
    await show("Orders", orders);
    await tell({ orders: orders.length });
  },
);

type Call = { id?: string; name: string; args: unknown };
const keyOf = ({ name, args }: Call) => JSON.stringify([name, args]);
const doneAlready = ({ id = "" }: Call) =>
  new ToolMessage("Done already.", id);
const atMost = (runLimit: number) =>
  modelCallLimitMiddleware({ runLimit, exitBehavior: "end" });

export default lab.steps(
  recursion
    .predict({
      question: ({ limit }) =>
        `recursionLimit is ${limit}. How many calls to the model will you pay for?`,
      choices: ({ limit }) => [Math.ceil(limit / 2), limit, 2 * limit],
      judge: ({ calls }) => calls.length,
      why:
        "Every second step asks the model. The error says that a limit was reached and " +
        "nothing of what was found: the messages of this run are lost, unless a checkpointer " +
        "has kept them.",
    })
    .expect("every second step asks the model", 4),
  counted
    .predict({
      question: ({ calls }) =>
        `${calls} calls to the model at most. How many times will the kettles be ordered?`,
      choices: ({ calls }) => [0, 1, calls].filter(isFirst),
      judge: ({ facts }) => facts.orders,
      why: ({ facts }) =>
        `${facts.orders} times: a limit saves money, and it takes nothing back. For a tool that ` +
        "changes something, the limit must stand at the tool.",
    })
    .expect("a limit takes nothing back", 3),
  once
    .predict({
      question: ({ calls }) =>
        `The customer orders the kettles on two days, so there are two runs of ${calls === 1 ? "one call" : `up to ${calls} calls`} to the model. How many times will they be ordered?`,
      choices: ({ calls }) => [0, 1, 2, 2 * calls].filter(isFirst),
      judge: ({ facts }) => facts.orders,
      why:
        "Two calls with the same arguments are mostly one wish. Where they may be two, give " +
        "the tool a key that makes a repetition harmless, as the lesson vector-store does " +
        "with ids.",
    })
    .expect("the same call runs once in each run", 2),
);

/** Choices that depend on params may be the same. */
const isFirst = (choice: number, at: number, all: number[]) =>
  all.indexOf(choice) === at;
