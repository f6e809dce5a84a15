import { contentStems } from "../memory/meanings.ts";
import type { Skill } from "../skill.ts";

/** Finds a name for a company, whatever the company makes. */
export const companyName: Skill = {
  name: "a name for a company",
  answer: ({ prompt }) => nameCompany(prompt),
  examples: [
    {
      asked: "What is the best name to describe a company that makes olive oil?",
      answer: "Olive Oil",
    },
    { asked: "Name a company that makes tea.", answer: "Tea" },
  ],
};

function nameCompany(prompt: string): string | undefined {
  const asked =
    /\bname\b[^.?!\n]{0,200}\b(?:company|business|firm|start-?up|brand|shop|store)\b[^.?!\n]{0,200}?\b(?:that (?:makes|sells|produces|offers|builds|does)|(?:making|selling|producing|offering|for|of))\s+([^?\n]+)/i.exec(
      prompt,
    );
  return asked?.[1] ? nameFor(asked[1]) : undefined;
}

export const ENDINGS = ["Works", "& Co.", "House", "Craft", "Studio", "Lane", "Makers", "Supply"];

/** A name out of the product's own words; the same product always gets the same name. */
function nameFor(product: string): string {
  const words = product.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? ["New"];
  const telling = words.filter(
    (word) => contentStems(word).length > 0 && !FILLERS.has(word.toLowerCase()),
  );
  const [first = "New", ...rest] = telling.length > 0 ? telling : words;
  const last = rest.at(-1) ?? "";
  const sum = [...product.toLowerCase()].reduce(
    (all, letter) => (all * 31 + (letter.codePointAt(0) ?? 0)) % 9973,
    7,
  );
  return [capital(first), capital(last), ENDINGS[sum % ENDINGS.length]]
    .filter((part) => part !== "")
    .join(" ");
}

const FILLERS = new Set([
  "set",
  "sets",
  "size",
  "sized",
  "new",
  "best",
  "quality",
  "kind",
  "type",
  "pair",
  "pairs",
  "hand",
  "made",
]);

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
