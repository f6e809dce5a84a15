// Exercise 18: a route more
//
// A ferry line's assistant first has a model choose what a question is about, and then answers
// by the policy for it. Since dogs are allowed on board, there is a policy for pets as well; in
// the answers nothing of it is seen.
//
// Add the destination "pets", for animals on board: its questions are answered by `policies.pets`,
// those of the other destinations by theirs, and all the rest by `policies.other`. Two requests
// a question: the first chooses, and the second carries the question and one policy. Return
// the second reply's text.
import type { ChatOpenAI } from "@langchain/openai";
import { z } from "zod";

interface Given {
  model: ChatOpenAI;
  question: string;
  policies: Record<string, string>;
}

const Choice = z.object({
  destination: z.enum(["tickets", "luggage", "timetable", "other"]),
});

const LIST = `tickets: prices, booking and refunds
luggage: bags, bicycles and what may be taken on board
timetable: departures, arrivals and delays
other: everything else`;

function policyFor(destination: string, policies: Given["policies"]) {
  switch (destination) {
    case "tickets":
      return policies.tickets;
    case "luggage":
      return policies.luggage;
    case "timetable":
      return policies.timetable;
    default:
      return policies.other;
  }
}

export async function answer({ model, question, policies }: Given) {
  const router = model.withStructuredOutput(Choice, {
    method: "jsonSchema",
    strict: true,
  });
  const { destination } = await router.invoke([
    ["system", `Choose what the question is about:\n${LIST}`],
    ["user", question],
  ]);
  const policy = policyFor(destination, policies) ?? "";
  const reply = await model.invoke([
    ["system", `Answer by this policy: ${policy}`],
    ["user", question],
  ]);
  return reply.text;
}
