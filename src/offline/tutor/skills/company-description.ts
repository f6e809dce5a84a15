import type { Skill } from "../skill.ts";
import { ENDINGS } from "./company-name.ts";

/** Describes a company in a given number of words. */
export const companyDescription: Skill = {
  name: "a description of a company",
  answer: ({ prompt }) => describeCompany(prompt),
  examples: [
    {
      asked: "Write a 20 words description for the following company: Olive Oil House",
      answer: "Olive Oil House makes olive oil with care",
    },
  ],
};

function describeCompany(prompt: string): string | undefined {
  const asked =
    /\b(?:write|give|compose)\b[^.?!\n:]*?\b(\d{1,3})[ -]?words?\b[^.?!\n:]*\bdescription\b[^:\n]*(?:company|business|firm|brand)?[^:\n]*:\s*([\s\S]+)$/i.exec(
      prompt,
    );
  if (!asked?.[2]) return undefined;
  return descriptionOf(asked[2].trim().replace(/[.\s]+$/, ""), Math.max(5, Number(asked[1])));
}

/** Exactly so many words about a company of which only the name is known. */
function descriptionOf(name: string, count: number): string {
  const ending = new RegExp(` ?(?:${ENDINGS.map((word) => word.replace(".", "\\.")).join("|")})$`);
  const trade = wordsIn(name.replace(ending, "")).join(" ").toLowerCase() || "fine things";
  const text = `${name} makes ${trade} with care, from good materials, at a fair price, for people who use them every day and want them to last for years, and it answers every question, mends what breaks, and is glad to hear what its customers think of it, good or bad`;
  const words = text.split(/\s+/);
  while (words.length < count) words.push(...`and it keeps its word about ${trade}`.split(" "));
  return `${words
    .slice(0, count)
    .join(" ")
    .replace(/[,;]?(?: (?:and|or|for|from|with|at|of|a|to|it|is|its))?$/, (end) =>
      end.replace(/[,;]/, ""),
    )}.`;
}

/** The words of a name, spelt as they are. */
const wordsIn = (name: string) => name.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
