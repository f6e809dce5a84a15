// says: requests were sent, and three are the most
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
  for (let attempt = 0; attempt < 5; attempt += 1)
    try {
      const { text } = await model.invoke(`${PROMPT}\n${question}`);
      const name = JSON.parse(text).destination;
      if (!Object.hasOwn(policies, name)) throw new Error(`What is ${name}?`);
      destination = name;
      break;
    } catch (error) {
      report(String(error));
    }
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
