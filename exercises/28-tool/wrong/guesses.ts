// says: The model asked for "a few" seats, and `seats` was run with
import type { BaseMessageLike } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  seats: (date: string, count: number) => Promise<string>;
}

export async function answer({ model, question, seats }: Given) {
  const findSeats = tool(() => "", {
    name: "find_seats",
    description: "Finds free seats.",
    schema: z.object({ date: z.string(), count: z.number() }),
  });
  const messages: BaseMessageLike[] = [["user", question]];
  for (let round = 1; round <= 5; round += 1) {
    const reply = await model.bindTools([findSeats]).invoke(messages);
    messages.push(reply);
    if (!reply.tool_calls?.length) return reply.text;
    for (const { id = "", args } of reply.tool_calls)
      messages.push({
        role: "tool",
        content: await seats(String(args.date), Number(args.count) || 1),
        tool_call_id: id,
      });
  }
  throw new Error("too many rounds");
}
