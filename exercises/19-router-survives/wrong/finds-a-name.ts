// says: answered by the policy for
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
  const choice = await model
    .invoke(`${PROMPT}\n${question}`)
    .catch((error) => report(String(error)));
  const text = choice?.text.toLowerCase() ?? "";
  const found = Object.keys(policies).find((name) => text.includes(name));
  if (found === undefined) report(`No destination in: ${text}`);
  const destination = found ?? "other";
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
