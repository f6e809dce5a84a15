// says: Prompt 2 has no tool message
import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  seats: (date: string, count: number) => Promise<string>;
}

export async function answer({ model, question, seats }: Given) {
  const findSeats = tool(({ date, count }) => seats(date, count), {
    name: "find_seats",
    description: "Finds free seats.",
    schema: z.object({ date: z.string(), count: z.number() }),
  });
  const asking = model.bindTools([findSeats]);
  const messages: BaseMessage[] = [new HumanMessage(question)];
  for (let round = 1; round <= 5; round += 1) {
    const reply = await asking.invoke(messages);
    messages.push(reply);
    const calls = reply.tool_calls ?? [];
    if (calls.length === 0) return reply.text;
    for (const { args } of calls) {
      const found = await seats(args.date, args.count);
      messages.push(new HumanMessage(`find_seats says: ${found}`));
    }
  }
  throw new Error("too many rounds");
}
