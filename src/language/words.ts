/** The words of a text, in small letters, without apostrophes and accents. */
export function wordsOf(text: string): string[] {
  return writtenWordsOf(text.toLowerCase());
}

/** The same with the capitals that they are written in. */
export function writtenWordsOf(text: string): string[] {
  const plain = text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .normalize("NFC");
  return plain.match(/[\p{L}\p{N}]+(?:[-@.+#][\p{L}\p{N}]+)*[+#]*/gu) ?? [];
}

/** Words that say nothing of a text's matter. */
export function isStopword(word: string): boolean {
  return STOPWORDS.has(word);
}

const STOPWORDS = new Set(
  `a about after again against all also am among an and any are arent as at be because been before being between both but by can cant could
  couldnt did didnt do does doesnt doing done dont down during each else even ever for from get gets got had has hasnt have havent having
  he her here hers him his how hows i id if ill im in into is isnt it its itself ive just me more most much must my myself
  no nor not now of off on once only or other our ours out over own per please quite rather really same shall she should shouldnt so
  some still such than that thats the their theirs them then there these they theyre this those though through to too
  under until up upon us very via was wasnt way we were werent what whats when whens where wheres which while who whom whos whose why will with within
  without wont would wouldnt yes yet you youre your yours`.split(/\s+/),
);
