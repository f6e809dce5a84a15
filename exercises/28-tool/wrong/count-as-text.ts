// says: The schema of find_seats has `count` as "string"
import {
  type BaseMessage,
  HumanMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  seats: (date: string, count: number) => Promise<string>;
}

export async function answer({ model, question, seats }: Given) {
  const findSeats = tool(({ date, count }) => seats(date, Number(count)), {
    name: "find_seats",
    description: "Finds free seats.",
    schema: z.object({ date: z.string(), count: z.string() }),
  });
  const asking = model.bindTools([findSeats]);
  const messages: BaseMessage[] = [new HumanMessage(question)];
  for (let round = 1; round <= 5; round += 1) {
    const reply = await asking.invoke(messages);
    messages.push(reply);
    const calls = reply.tool_calls ?? [];
    if (calls.length === 0) return reply.text;
    for (const call of calls) {
      const failed = (error: Error) =>
        new ToolMessage({
          content: error.message,
          tool_call_id: call.id ?? "",
        });
      const asked = { ...call, type: "tool_call" as const };
      messages.push(await findSeats.invoke(asked).catch(failed));
    }
  }
  throw new Error("too many rounds");
}
