import type { ChatOpenAI } from "@langchain/openai";
import { createAgent, modelCallLimitMiddleware, tool } from "langchain";
import * as z from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  seats: (date: string, count: number) => Promise<string>;
}

/** The loop and the messages about bad arguments are LangChain's. */
export async function answer({ model, question, seats }: Given) {
  const findSeats = tool(({ date, count }) => seats(date, count), {
    name: "find_seats",
    description: "Finds free seats.",
    schema: z.object({ date: z.string(), count: z.number().int() }),
  });
  const agent = createAgent({
    model,
    tools: [findSeats],
    middleware: [
      modelCallLimitMiddleware({ runLimit: 5, exitBehavior: "error" }),
    ],
  });
  const { messages } = await agent.invoke({
    messages: [{ role: "user", content: question }],
  });
  return messages.at(-1)?.text;
}
