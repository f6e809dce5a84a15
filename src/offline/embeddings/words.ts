import { stemmer } from "stemmer";

/** The words of a text, in small letters, without apostrophes and accents. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize("NFD")
      .replace(/[\u0300-\u036f'’]/g, "")
      .normalize("NFC")
      .match(/[\p{L}\p{N}]+(?:[-@.+#][\p{L}\p{N}]+)*[+#]*/gu) ?? []
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

/** A word's stem after Porter; British and American spelling have the same one. */
export function stemOf(word: string): string {
  return stemmer(
    word
      .replace(/is(e|es|ed|er|ers|ing|ation|ations)$/, "iz$1")
      .replace(/(?<=\w{3})our(s|ed|ing|al|able|ite|ites)?$/, "or$1"),
  );
}

/** Words that say nothing of a text's matter. */
export function isStopword(word: string): boolean {
  return STOPWORDS.has(word);
}

const STOPWORDS = new Set(
  `a about after again against all also am among an and any are arent as at be because been before being between but by can cant could
  couldnt did didnt do does doesnt doing dont down during each else even for from get gets got had has hasnt have havent having
  he her here hers him his how i id if ill im in into is isnt it its itself ive just like me more most much must my myself
  no nor not of off on once only or other our ours out over own per please quite rather really same she should shouldnt so
  some still such than that thats the their theirs them then there these they theyre this those though through to too
  under until up upon us very via was wasnt way we were werent what whats when where which while who whom whose why will with within
  without wont would wouldnt yet you youre your yours`.split(/\s+/),
);
