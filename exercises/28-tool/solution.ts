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

const MOST_ROUNDS = 5;

export async function answer({ model, question, seats }: Given) {
  const findSeats = tool(({ date, count }) => seats(date, count), {
    name: "find_seats",
    description: "Finds free seats that are together, for one evening.",
    schema: z.object({
      date: z.string().describe("such as 2026-11-27"),
      count: z.number().int().describe("how many seats"),
    }),
  });
  const asking = model.bindTools([findSeats]);

  // Arguments are text that a model made up. An error that it can read costs a round and is
  // mostly mended; one that is thrown costs the customer. And a model that asks for ever is
  // stopped here, before the bill stops it.
  const messages: BaseMessage[] = [new HumanMessage(question)];
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const reply = await asking.invoke(messages);
    const calls = reply.tool_calls ?? [];
    if (calls.length === 0) return reply.text;
    messages.push(reply);
    for (const call of calls)
      messages.push(
        await findSeats.invoke({ ...call, type: "tool_call" }).catch(
          (error: Error) =>
            new ToolMessage({
              content: error.message,
              tool_call_id: call.id ?? "",
              status: "error",
            }),
        ),
      );
  }
  throw new Error(`No answer after ${MOST_ROUNDS} rounds.`);
}
