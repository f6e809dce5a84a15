import { stemmer } from "stemmer";

/** A word's stem after Porter; British and American spelling have the same one, and so has an irregular past. */
export function stemOf(word: string): string {
  return stemmer(
    (Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word]! : word)
      .replace(/is(e|es|ed|er|ers|ing|ation|ations)$/, "iz$1")
      .replace(/(?<=\w{3})our(s|ed|ing|al|able|ite|ites)?$/, "or$1"),
  );
}

/** `stemOf`, which remembers the stems of the words it was given: for a text whose words recur. */
export function rememberingStems(): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    const stem = known.get(word) ?? stemOf(word);
    known.set(word, stem);
    return stem;
  };
}

const IRREGULAR: Record<string, string> = {
  ate: "eat",
  bought: "buy",
  broke: "break",
  brought: "bring",
  built: "build",
  came: "come",
  chose: "choose",
  drank: "drink",
  drove: "drive",
  flew: "fly",
  gave: "give",
  grew: "grow",
  kept: "keep",
  lost: "lose",
  made: "make",
  met: "meet",
  mice: "mouse",
  paid: "pay",
  ran: "run",
  slept: "sleep",
  sold: "sell",
  spent: "spend",
  taught: "teach",
  took: "take",
  went: "go",
  won: "win",
  wrote: "write",
};
