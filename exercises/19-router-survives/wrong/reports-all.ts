// says: Nothing was wrong with the router's reply
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
  let destination = "other";
  try {
    const { text } = await model.invoke(`${PROMPT}\n${question}`);
    const name = JSON.parse(text).destination;
    report(`The router says ${name}.`);
    if (Object.hasOwn(policies, name)) destination = name;
  } catch (error) {
    report(String(error));
  }
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
