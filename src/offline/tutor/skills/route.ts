import { type Candidate, nearestCandidate } from "../nearest.ts";
import type { Skill } from "../skill.ts";

/** Chooses a destination, as LangChain's router asks for it. */
export const route: Skill = {
  name: "a route",
  answer: ({ prompt }) => chooseRoute(prompt),
  examples: [
    {
      asked:
        "<< CANDIDATE PROMPTS >>\nphysics: Good for answering questions about physics\nhistory: Good for answering history questions\n\n<< INPUT >>\nWho was Napoleon?\n\n<< OUTPUT >>",
      answer: '"destination": "history"',
    },
  ],
};

/**
 * Follows the prompt of LangChain's router: chooses among the candidates that it lists, and answers
 * with fenced JSON.
 */
function chooseRoute(prompt: string): string | undefined {
  const parts = /<< CANDIDATE PROMPTS >>\s*([\s\S]*?)\s*<< INPUT >>\s*([\s\S]*?)\s*<< OUTPUT/.exec(
    prompt,
  );
  if (!parts) return undefined;
  const input = parts[2] ?? "";
  const destination = nearestCandidate(input, candidatesIn(parts[1] ?? ""))?.name ?? "DEFAULT";
  return `\`\`\`json\n${JSON.stringify({ destination, next_inputs: { input } }, null, 2)}\n\`\`\``;
}

/** Lines of the form "name: what it is for". */
export function candidatesIn(text: string): Candidate[] {
  return text.split("\n").flatMap((line) => {
    const [, name, description] =
      /^\s*[-*]?\s*["']?([^:"'\n]{1,60}?)["']?\s*:\s*(.+)$/.exec(line) ?? [];
    return name === undefined || description === undefined
      ? []
      : [{ name: name.trim(), description }];
  });
}
