import type { CallOrder, Order, ReplyOrder, Report } from "../orders.ts";
import { createModels } from "./models.ts";

type Tell = (report: Report) => void;

/** Makes one call of the learner's code, in a process that stands for a restart. */
export async function call(
  order: CallOrder,
  loadLearner: () => Promise<Record<string, unknown>>,
  tell: Tell,
): Promise<void> {
  globalThis.fetch = fetchThrough(tell);
  try {
    const asked = (await loadLearner())[order.name];
    if (typeof asked !== "function")
      throw new Error(`Your file exports no function "${order.name}".`);
    const models = await createModels(order.models);
    tell({ report: "returned", value: await asked({ ...models, ...order.given }) });
  } catch (error) {
    const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    tell({ report: "thrown", thrown: { isError: error instanceof Error, name, message, stack } });
  }
}

/** A `fetch` whose requests the process of the check answers. */
function fetchThrough(tell: Tell): typeof fetch {
  const waiting = new Map<number, (reply: ReplyOrder) => void>();
  process.on("message", (order: Order) => {
    if (order.order === "reply") waiting.get(order.id)?.(order);
  });
  let last = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    last += 1;
    const id = last;
    const body = await request.text();
    const reply = new Promise<ReplyOrder>((resolve) => waiting.set(id, resolve));
    tell({ report: "request", id, url: request.url, headers: [...request.headers], body });
    const { status, headers, body: text } = await reply;
    return new Response(text, { status, headers });
  };
}
