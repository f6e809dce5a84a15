// says: no request carried the question and a policy
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

export async function answer(given: Given) {
  const { model, question, policies, report } = given;
  try {
    const { text } = await model.invoke(`${PROMPT}\n${question}`);
    const { destination } = JSON.parse(text);
    if (!Object.hasOwn(policies, destination)) throw new Error("unknown");
    const policy = policies[destination];
    return (await model.invoke(`${policy}\n\n${question}`)).text;
  } catch (error) {
    report(String(error));
    return "Sorry, please ring us up.";
  }
}
