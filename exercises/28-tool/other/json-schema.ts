import type { BaseMessageLike } from "@langchain/core/messages";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  question: string;
  seats: (date: string, count: number) => Promise<string>;
}

const FIND_SEATS = {
  type: "function" as const,
  function: {
    name: "find_seats",
    description: "Free seats for an evening",
    parameters: {
      type: "object",
      properties: { date: { type: "string" }, count: { type: "number" } },
      required: ["date", "count"],
    },
  },
};

/** The schema as the wire has it, and the arguments looked at by hand. */
export async function answer({ model, question, seats }: Given) {
  const run = async ({ date, count }: Record<string, unknown>) => {
    if (typeof date !== "string") return "`date` must be a text.";
    if (!Number.isInteger(count)) return "`count` must be a whole number.";
    return seats(date, Number(count));
  };
  const messages: BaseMessageLike[] = [["user", question]];
  let left = 5;
  while (left > 0) {
    left -= 1;
    const reply = await model.invoke(messages, { tools: [FIND_SEATS] });
    messages.push(reply);
    if (!reply.tool_calls?.length) return reply.text;
    for (const { id = "", args } of reply.tool_calls)
      messages.push({
        role: "tool",
        content: await run(args),
        tool_call_id: id,
      });
  }
  throw new Error("too many rounds");
}
