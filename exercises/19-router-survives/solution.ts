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

/** @throws an Error that says what is wrong with the choice */
async function choose({ model, question, policies }: Given): Promise<string> {
  const choice = await model.invoke([
    ["system", PROMPT],
    ["user", question],
  ]);
  const name = String(JSON.parse(choice.text)?.destination).toLowerCase();
  // Not `name in policies`: every object has a "constructor".
  if (!Object.hasOwn(policies, name))
    throw new Error(`There is no destination ${name}.`);
  return name;
}

// All faults become an error at one place, and are caught at one place. The catch is round the
// choice alone: if the answer fails, that is another matter, and must not be answered twice.
export async function answer(given: Given) {
  const { model, question, policies, report } = given;
  const destination = await choose(given).catch((error: Error) => {
    report(`The router failed: ${error.message}`);
    return "other";
  });
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
