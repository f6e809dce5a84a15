/** Text cut into sentences; a full stop inside a number, an abbreviation or a time ends none. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(ABBREVIATED, (found) => found.replace(". ", `${DOT} `))
    .split(END)
    .map((sentence) => sentence.replaceAll(DOT, ".").trim())
    .filter((sentence) => sentence !== "");
}

/** Stands for a full stop that ends nothing while the text is cut. */
const DOT = "\u2024";
const ABBREVIATED =
  /\b(?:Dr|Mr|Mrs|Ms|Prof|St|Mt|dr|mr|mrs|ms|prof|vs|e\.g|i\.e)\. |\b(?:No|p)\. (?=\d)|\b(?:etc|approx|[ap]\.m)\. (?=[^\p{Lu}])|(?<=\p{Lu}\. )\p{Lu}\. |\b\p{Lu}\. (?=\p{Lu}\. )/gu;
const END = /(?<=[.!?…]["”')]?)\s+|(?<=[。！？])|\n+/u;

/** A clause as a sentence: a capital first, one mark at the end. */
export function asSentence(text: string): string {
  const trimmed = trimMarks(text);
  return capitalise(/[!?…。！？]$/.test(trimmed) ? trimmed : `${trimmed}.`);
}

/** A text without spaces, commas and full stops at its end. */
function trimMarks(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,;:.]/.test(text[end - 1]!)) end--;
  return text.slice(0, end).trimStart();
}

function capitalise(text: string): string {
  return text.replace(/^\P{L}*\p{L}/u, (start) => start.toUpperCase());
}
