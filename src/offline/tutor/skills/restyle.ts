import type { Skill } from "../skill.ts";

/** Writes a text between triple backticks anew, in a style that the prompt names. */
export const restyle: Skill = {
  name: "another style",
  answer: ({ prompt }) => writeAnew(prompt),
  examples: [
    {
      asked: "Rewrite the text between the backticks.\nStyle: pirate\n```Hello, my friend.```",
      answer: "Ahoy, me matey, arr!",
    },
  ],
};

/** Does what a small rule-based model can: a few words exchanged, shouting lowered, a greeting where it is polite. */
function writeAnew(prompt: string): string | undefined {
  const [fence, end] = [prompt.indexOf("```"), prompt.lastIndexOf("```")];
  const style = STYLE.exec(prompt.slice(0, Math.max(0, fence)))?.[1]?.replace(/[.\s]{1,9}$/, "");
  const text = prompt.slice(fence + 3, end).trim();
  if (end <= fence || style === undefined || text === "") return undefined;
  const rule = STYLES.find(({ named }) => named.test(style));
  return rule
    ? rule.write(text)
    : `I am a small offline model and know only a few styles: polite, pirate, telegram. As it stands: ${text}`;
}

const STYLE = /\bstyle\b[^:\n]{0,40}:[ \t]*([^\n`]{1,200})/i;

const STYLES: { named: RegExp; write(text: string): string }[] = [
  { named: /pirate/i, write: (text) => exchanged(text, PIRATE).replace(/[.!?]*$/, ", arr!") },
  {
    named: /telegram|short|brief|terse/i,
    write: (text) =>
      text
        .replace(/\b(?:the|a|an|my|is|are|was|were|that|it|i|and|of|to|very|so)\b\s*/gi, "")
        .replace(/[.!?]+\s*/g, " STOP ")
        .replace(/\s+/g, " ")
        .trim()
        .toUpperCase(),
  },
  {
    named: /polite|respectful|calm|formal|friendly/i,
    write: (text) => {
      const calm = sentence(exchanged(text.replace(/!+/g, "."), POLITE));
      return `Hello, I hope that you are well. ${calm} Thank you for your help.`;
    },
  },
];

const PIRATE: Record<string, string> = {
  hello: "ahoy",
  hi: "ahoy",
  my: "me",
  you: "ye",
  your: "yer",
  friend: "matey",
  is: "be",
  are: "be",
  was: "were",
  the: "th'",
  of: "o'",
  yes: "aye",
  money: "doubloons",
  right: "starboard",
};

const POLITE: Record<string, string> = {
  want: "would like",
  need: "would like",
  terrible: "not what I had hoped for",
  awful: "not what I had hoped for",
  stupid: "unfortunate",
  damn: "",
  hell: "",
  now: "soon, please",
  hate: "do not enjoy",
  broken: "not working",
};

function exchanged(text: string, words: Record<string, string>): string {
  const calm = text.replace(/\p{Lu}{2,}/gu, (shouted) => shouted.toLowerCase());
  return calm
    .replace(/\p{L}+/gu, (word) => {
      const other = words[word.toLowerCase()];
      if (other === undefined) return word;
      return /^\p{Lu}/u.test(word) ? other.charAt(0).toUpperCase() + other.slice(1) : other;
    })
    .replace(/ {2,}/g, " ")
    .trim();
}

const sentence = (text: string) =>
  text.replace(
    /(^|[.?]\s+)(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
