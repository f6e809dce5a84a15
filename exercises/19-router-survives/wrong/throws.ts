// says: Your code threw SyntaxError
import type { ChatOpenAI } from "@langchain/openai";

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

export async function answer({ model, question, policies, report }: Given) {
  const choice = await model.invoke([
    ["system", PROMPT],
    ["user", question],
  ]);
  let { destination } = JSON.parse(choice.text);
  if (!Object.hasOwn(policies, destination)) {
    report(`There is no destination ${destination}.`);
    destination = "other";
  }
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
