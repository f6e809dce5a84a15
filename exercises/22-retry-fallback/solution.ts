import { setTimeout as sleep } from "node:timers/promises";
import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  spare: ChatOpenAI;
  report: string;
}

export async function explain({ model, spare, report }: Given) {
  const prompt = `Put this into plain words:\n${report}`;
  try {
    return await patiently(async () => (await model.invoke(prompt)).text);
  } catch {
    return (await spare.invoke(prompt)).text;
  }
}

type Failure = { status?: number; headers?: Headers };

/** Three attempts at most, with the pauses that the server asks for. */
async function patiently(ask: () => Promise<string>): Promise<string> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await ask();
    } catch (error) {
      // A server that is busy will be free again. A wrong key stays wrong, and so does a prompt
      // that is too long: another attempt costs the patient's time and changes nothing.
      const { status = 0, headers } = error as Failure;
      const mayPass = status === 429 || status >= 500;
      if (!mayPass || attempt === 3) throw error;
      await sleep(1000 * Number(headers?.get("retry-after") ?? 1));
    }
}
