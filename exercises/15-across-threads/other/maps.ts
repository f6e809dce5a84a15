import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  user: string;
  thread: string;
  question: string;
}

interface Patient {
  facts: string[];
  threads: Map<string, string[]>;
}

const patients = new Map<string, Patient>();

function patientOf(user: string): Patient {
  const patient = patients.get(user) ?? { facts: [], threads: new Map() };
  patients.set(user, patient);
  return patient;
}

export function remember({ user, fact }: { user: string; fact: string }) {
  patientOf(user).facts.push(fact);
}

export async function answer({ model, user, thread, question }: Given) {
  const { facts, threads } = patientOf(user);
  const lines = [...(threads.get(thread) ?? []), `Patient: ${question}`];
  const { text } = await model.invoke([...facts, ...lines].join("\n"));
  threads.set(thread, [...lines, `Practice: ${text}`]);
  return text;
}
