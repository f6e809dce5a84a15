/** Text cut into sentences; a full stop inside a number, an abbreviation or a time ends none. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(/\b(Dr|Mr|Mrs|Ms|Prof|St|e\.g|i\.e)\. /g, "$1\u2024 ")
    .split(/(?<=[.!?…]["”']?)\s+(?=["“(]?[\p{Lu}\p{N}])|(?<=[!?])\s+|\n+/u)
    .map((sentence) => sentence.replaceAll("\u2024", ".").trim())
    .filter((sentence) => sentence !== "");
}

export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/['’]s\b/g, "")
      .match(/[\p{L}\p{N}]+(?:['’.:@+#-][\p{L}\p{N}]+)*[+#]*/gu) ?? []
  );
}

/** A word's stem, roughly: enough that "lives" meets "live" and "biscuits" meets "biscuit". */
export function stemOf(word: string): string {
  const base = IRREGULAR[word];
  if (base) return stemOf(base);
  if (word.length <= 3 || /\d/.test(word)) return word;
  return word
    .replace(/(ss|us|is)$/, "$1_")
    .replace(/ies$/, "y")
    .replace(/(sh|ch|x|z)es$/, "$1")
    .replace(/s$/, "")
    .replace(/_$/, "")
    .replace(/(?<=[aeiouy].*)(?:ing|ed)$/, "")
    .replace(/([bdgklmnprt])\1$/, "$1")
    .replace(/e$/, "");
}

const IRREGULAR: Record<string, string> = {
  met: "meet",
  went: "go",
  bought: "buy",
  saw: "see",
  ate: "eat",
  drank: "drink",
  wrote: "write",
  gave: "give",
  took: "take",
  found: "find",
  left: "leave",
  lost: "lose",
  made: "make",
  came: "come",
  ran: "run",
  drove: "drive",
  flew: "fly",
  slept: "sleep",
  spent: "spend",
  kept: "keep",
  grew: "grow",
  won: "win",
  sold: "sell",
  paid: "pay",
  taught: "teach",
  broke: "break",
  chose: "choose",
  mice: "mouse",
};

const STOPWORDS = new Set(
  `a an the this that these those there here and or but nor so than then as if of off to in on at by for from with
  without about into over under up down out again further once what whats who whos whom whose which where wheres when
  whens why how hows is are am was were be been being do does did doing done have has had having can could should
  would will shall may might must not no yes i me my mine myself we us our ours you your yours it its he him his she
  her hers they them their theirs im ive ill id youre please just only also too very really quite much many more most
  some any all both each such own same good well ever still now already say said says tell told telling mention
  mentioned remember recall know knew remind think hi hello hey ok okay earlier before ago called call name named
  names get got kind sort thing things let lets actually again exactly currently human ai ask asks answers`.split(
    /\s+/,
  ),
);

export function isStopword(word: string): boolean {
  return STOPWORDS.has(word.replace(/['’]/g, ""));
}

function capitalise(text: string): string {
  return text.replace(/^\P{L}*\p{L}/u, (start) => start.toUpperCase());
}

/** A clause as a sentence: a capital first, one mark at the end. */
export function asSentence(text: string): string {
  const trimmed = text.trim().replace(/[\s,;:.]+$/, "");
  return capitalise(/[!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`);
}
