// Exercise 28: a tool
//
// A theatre's assistant shall know which seats are free. The model gets a tool: its request
// names it with the shape of its arguments, and the reply may ask for it in `tool_calls`. The
// program runs it, appends the result as a tool's message with the call's id, and asks again.
//
// Offer `find_seats` with `date` (text) and `count` (a whole number), both required. Run `seats`
// for each call, and return the text of the reply that asks for no more. A call with bad
// arguments does not run: its tool message says what is wrong with which argument, so that the
// model can mend it.
// Ask the model five times at most, then throw an error.
import { tool } from "@langchain/core/tools";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  /** asks the theatre's system; the date as 2026-11-27 */
  seats: (date: string, count: number) => Promise<string>;
}

export async function answer({ model, question, seats }: Given) {
  const findSeats = tool(async () => "none", {
    name: "find_seats",
    description: "Finds free seats.",
    schema: z.object({}),
  });
  const reply = await model.bindTools([findSeats]).invoke(question);
  return reply.text;
}
