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

/** Asks a second time; what is still of no use then is "other". */
export async function answer({ model, question, policies, report }: Given) {
  let destination: string | undefined;
  for (let attempt = 0; attempt < 2 && !destination; attempt += 1)
    try {
      const { text } = await model.invoke(`${PROMPT}\n\n${question}`);
      const [json = ""] = /\{[^{}]*\}/.exec(text) ?? [];
      const name: string = JSON.parse(json).destination;
      if (Object.keys(policies).includes(name)) destination = name;
      else report(`unknown: ${name}`);
    } catch (error) {
      report(String(error));
    }
  const policy = policies[destination ?? "other"];
  let answer = "";
  for await (const chunk of await model.stream(`${policy}\n\n${question}`))
    answer += chunk.text;
  return answer;
}
