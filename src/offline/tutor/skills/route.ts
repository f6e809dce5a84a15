import { stemOf } from "../../language/stems.ts";
import { domainsOf } from "../knowledge/domains.ts";
import { contentStems, isMet, meaningsOf } from "../memory/meanings.ts";
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

interface Candidate {
  name: string;
  description: string;
}

/** Follows the prompt of LangChain's router: chooses among the candidates that it lists, and answers with fenced JSON. */
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

/**
 * The candidate whose description is nearest to a question: by words that both have, and by the fields of
 * knowledge that both belong to. Undefined where no description has anything to do with it.
 */
export function nearestCandidate(question: string, candidates: Candidate[]): Candidate | undefined {
  const stems = contentStems(question);
  const fields = domainsOf(question);
  const scored = candidates.map((candidate) => {
    // The name counts too, but it is the description that says what a destination is for.
    const meanings = meaningsOf(candidate.description);
    const named = meaningsOf(candidate.name);
    const own = domainsOf(candidate.description);
    const shared = stems.filter((stem) => isMet(stem, meanings) && !GENERAL.has(stem)).length;
    const sharedName = stems.filter((stem) => isMet(stem, named) && !GENERAL.has(stem)).length;
    const related = [...fields].reduce(
      (sum, [field, weight]) => sum + (own.has(field) ? weight : 0),
      0,
    );
    return { candidate, score: 2 * shared + sharedName + 1.5 * related };
  });
  const best = scored.sort((a, b) => b.score - a.score)[0];
  return best && best.score > 0 ? best.candidate : undefined;
}

/** Words that stand in every description. */
const GENERAL = new Set(
  [
    "question",
    "answer",
    "help",
    "explain",
    "problem",
    "topic",
    "expert",
    "good",
    "mean",
    "work",
    "question",
    "make",
    "use",
    "thing",
    "people",
    "best",
    "find",
    "difference",
    "between",
  ].map(stemOf),
);
