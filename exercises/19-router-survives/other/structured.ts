import { RunnableLambda } from "@langchain/core/runnables";
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
  report: (fault: string) => void;
}

const PROMPT = `Choose what the question is about:
meters: meters, readings and what was used
bills: bills, payments and prices
moving: moving in and moving out
other: everything else

Reply with JSON only: {"destination": "…"}`;

const Choice = z.object({
  destination: z.enum(["meters", "bills", "moving", "other"]),
});

/** A schema and a fallback: whatever does not parse is an error of LangChain's. */
export async function answer({ model, question, policies, report }: Given) {
  const fallback = RunnableLambda.from((_messages: unknown) => {
    report("The router's reply was of no use.");
    return { destination: "other" as const };
  });
  const router = model
    .withStructuredOutput(Choice, { method: "jsonSchema", strict: true })
    .withFallbacks([fallback]);
  const { destination } = await router.invoke([
    ["system", PROMPT],
    ["user", question],
  ]);
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
