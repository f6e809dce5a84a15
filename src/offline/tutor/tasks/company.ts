import { contentStems } from "../concepts.ts";
import { wordsOf } from "../words.ts";

/** Follows a prompt that asks for the name of a company, whatever the company makes. */
export function nameCompany(prompt: string): string | undefined {
  const asked =
    /\bname\b[^.?!\n]*\b(?:company|business|firm|start-?up|brand|shop|store)\b[^.?!\n]*?\b(?:that (?:makes|sells|produces|offers|builds|does)|(?:making|selling|producing|offering|for|of))\s+([^?\n]+)/i.exec(
      prompt,
    );
  return asked?.[1] ? nameFor(asked[1]) : undefined;
}

const ENDINGS = ["Works", "& Co.", "House", "Craft", "Studio", "Lane", "Makers", "Supply"];

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

/** Follows a prompt that asks to describe a company in so many words. */
export function describeCompany(prompt: string): string | undefined {
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
  const trade = wordsOf(name.replace(ending, "")).join(" ") || "fine things";
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
