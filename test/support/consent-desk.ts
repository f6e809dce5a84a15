import { appendFileSync } from "node:fs";
import { Command } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { deskOf, no, yes } from "../../lessons/agents/desk.ts";
import { createModels } from "../../src/model/factory.ts";
import { offlineWire } from "../../src/offline/app.ts";

/**
 * The desk of the lesson's section about consent, as a program of its own:
 * `node <program> <database> <ledger> ask|yes|no|look`. Each payment is a line of the ledger.
 *
 * "ask" says "waiting" when the refund waits for a person, and then waits to be killed; the others
 * print the messages of the thread.
 */
const [, , database = "", ledger = "", verb = ""] = process.argv;
const countTokens = (text: string) => Math.ceil(text.length / 4);
const { chat } = createModels({
  model: "offline-tutor",
  baseURL: "http://offline.invalid/v1",
  apiKey: "none",
  wire: offlineWire({ countTokens }),
  countTokens,
  price: () => null,
});
const checkpointer = SqliteSaver.fromConnString(database);
const agent = deskOf({
  model: chat(),
  checkpointer,
  pay: (order, amount) => appendFileSync(ledger, `${order} ${amount}\n`),
});
const thread = { configurable: { thread_id: "1" } };

if (verb === "ask") {
  const content = "Refund 48 euros for order KX-4711.";
  await agent.invoke({ messages: [{ role: "user", content }] }, thread);
  process.stdout.write("waiting\n");
  setInterval(() => {}, 60_000);
} else {
  if (verb !== "look") {
    const resume = verb === "yes" ? yes() : no();
    await agent.invoke(new Command({ resume }), thread);
  }
  const { values } = await agent.graph.getState(thread);
  const messages = (values.messages ?? []) as { type: string; text: string }[];
  process.stdout.write(JSON.stringify(messages.map(({ type, text }) => `${type}: ${text}`)));
}
