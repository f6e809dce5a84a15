// Exercise 19: a router that survives
//
// A power company's hotline routes each question to a policy. The small model that chooses errs
// now and then: it invents a destination, writes a name in capitals, explains itself instead of
// replying with JSON, says nothing, breaks off, or its server replies with an error. Then the
// customer got no answer, and nobody in the company learned of it.
//
// Answer every question: if nothing of use was chosen, by `policies.other`, never by the policy
// for something else. Call `report` with a sentence each time a reply was of no use; a name in
// capitals you may take as it is meant. Send at most three requests a question, and return the
// text of the last reply. Without a fault two requests are sent, and nothing is reported.
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

export async function answer({ model, question, policies }: Given) {
  const choice = await model.invoke([
    ["system", PROMPT],
    ["user", question],
  ]);
  const { destination } = JSON.parse(choice.text);
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policies[destination]}`],
    ["user", question],
  ]);
  return reply.text;
}
