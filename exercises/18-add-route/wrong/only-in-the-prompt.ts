// says: the schema of the first request does not allow it
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
pets: animals on board
other: everything else`;

function policyFor(destination: string, policies: Given["policies"]) {
  switch (destination) {
    case "tickets":
      return policies.tickets;
    case "luggage":
      return policies.luggage;
    case "timetable":
      return policies.timetable;
    case "pets":
      return policies.pets;
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
