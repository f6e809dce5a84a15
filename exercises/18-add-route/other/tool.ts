import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

const Choice = z.object({
  why: z.string(),
  topic: z.union([
    z.literal("tickets"),
    z.literal("luggage"),
    z.literal("timetable"),
    z.literal("pets"),
    z.literal("none"),
  ]),
});

/** The choice as a tool call, with the reason first. */
export async function answer({ model, question, policies }: Given) {
  const { topic } = await model
    .withStructuredOutput(Choice, { method: "functionCalling" })
    .invoke(`Choose tickets, luggage, timetable, pets or none: ${question}`);
  const policy = topic === "none" ? policies.other : policies[topic];
  return (
    await model.invoke([
      ["system", `${policy}`],
      ["user", question],
    ])
  ).text;
}
