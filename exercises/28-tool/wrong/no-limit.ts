// says: and was asked 9 times; expected: 5 times
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
  const findSeats = tool(({ date, count }) => seats(date, count), {
    name: "find_seats",
    description: "Finds free seats.",
    schema: z.object({ date: z.string(), count: z.number() }),
  });
  const asking = model.bindTools([findSeats]);
  const messages: BaseMessage[] = [new HumanMessage(question)];
  for (;;) {
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
}
