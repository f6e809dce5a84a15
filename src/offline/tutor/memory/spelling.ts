/** Slips of the fingers, and words as they are typed in a hurry; names are never touched. */
const SLIPS: Record<string, string> = {
  waht: "what",
  wat: "what",
  whta: "what",
  wht: "what",
  hwat: "what",
  wehre: "where",
  whre: "where",
  wheer: "where",
  hwo: "who",
  hwen: "when",
  nmae: "name",
  naem: "name",
  anme: "name",
  calld: "called",
  caled: "called",
  teh: "the",
  hte: "the",
  adn: "and",
  taht: "that",
  thsi: "this",
  liev: "live",
  dgo: "dog",
  sistre: "sister",
  borther: "brother",
  brohter: "brother",
  freind: "friend",
  tomorow: "tomorrow",
  tommorow: "tomorrow",
  u: "you",
  ur: "your",
  r: "are",
  cos: "because",
  cuz: "because",
  bc: "because",
  til: "until",
  dont: "don't",
  doesnt: "doesn't",
  didnt: "didn't",
  isnt: "isn't",
  arent: "aren't",
  wasnt: "wasn't",
  werent: "weren't",
  cant: "can't",
  couldnt: "couldn't",
  wouldnt: "wouldn't",
  shouldnt: "shouldn't",
  wont: "won't",
  havent: "haven't",
  hasnt: "hasn't",
  hadnt: "hadn't",
  ive: "i've",
  im: "i'm",
  youre: "you're",
  theyre: "they're",
  shes: "she's",
  hes: "he's",
  thats: "that's",
  whats: "what's",
  whos: "who's",
  wheres: "where's",
  whens: "when's",
  hows: "how's",
};

/** A text with these words as they were meant. */
export function spelt(text: string): string {
  const meant = text.replace(/(?<![\p{L}\p{N}'’])\p{L}{1,8}(?![\p{L}\p{N}'’])/gu, (word) => {
    const found = SLIPS[word.toLowerCase()];
    if (found === undefined || !Object.hasOwn(SLIPS, word.toLowerCase())) return word;
    // "IM" and "R" may stand for something else.
    if (word.toUpperCase() === word) return word;
    return /^\p{Lu}/u.test(word) ? found.slice(0, 1).toUpperCase() + found.slice(1) : found;
  });
  // "Were flying to Rome", but "were you flying?" and "they were flying".
  const ours = text.includes("?")
    ? meant
    : meant.replace(WE_ARE, (were) => `${were.slice(0, 1)}e're`);
  // "Its 6:52", "its at home", but "its name".
  return ours.replace(
    /(?<![\p{L}])its(?= (?:\d|(?:at|on|in|by|the|an?|my|not|now|called|going|been|too|very)\b))/giu,
    (its) => `${its.slice(0, 2)}'s`,
  );
}

/** "Were" with no subject before it or after it, where a hurried "we're" is meant. */
const WE_ARE =
  /(?<=^|[.!,;] |\b(?:and|but|so|because|hi|hey|ok) )were(?= (?:not |all |both |now |also )?(?:\p{L}{2,}ing|from|moving|at|in|on)\b)/giu;
