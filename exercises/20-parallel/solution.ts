import type { ChatOpenAI } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  contract: string;
  questions: Record<string, string>;
}

interface Findings {
  answers: Record<string, string>;
  failed: string[];
}

export async function review({
  model,
  contract,
  questions,
}: Given): Promise<Findings> {
  // The other calls are paid for whether one fails or not. So each has its own result, and
  // the caller learns by name what is missing, and may ask for that alone once more.
  const entries = Object.entries(questions);
  const settled = await Promise.allSettled(
    entries.map(([, question]) => model.invoke(`${contract}\n\n${question}`)),
  );
  const findings: Findings = { answers: {}, failed: [] };
  for (const [at, [name]] of entries.entries()) {
    const one = settled[at];
    if (one?.status === "fulfilled") findings.answers[name] = one.value.text;
    else findings.failed.push(name);
  }
  return findings;
}
