type Shift = Record<string, string>;

/** What the human says of themself, as it is said to them. */
const FIRST_TO_SECOND: Shift = {
  "i'm": "you are",
  im: "you are",
  "i am": "you are",
  "i was": "you were",
  "i've": "you have",
  "i'd": "you would",
  "i'll": "you will",
  i: "you",
  me: "you",
  myself: "yourself",
  my: "your",
  mine: "yours",
  "we're": "you are",
  "we've": "you have",
  "we'll": "you will",
  we: "you",
  us: "you",
  our: "your",
  ours: "yours",
  ourselves: "yourselves",
  "you are": "I am",
  "you're": "I am",
  you: "I",
  your: "my",
};

/** What is told of the human, as it is said to them. */
const THIRD_TO_SECOND: Shift = {
  "the human's": "your",
  "the user's": "your",
  "the human": "you",
  "the user": "you",
  "they're": "you are",
  "they've": "you have",
  they: "you",
  them: "you",
  their: "your",
  theirs: "yours",
  themself: "yourself",
  themselves: "yourself",
};

export const toSecondPerson = (text: string) => shift(text, FIRST_TO_SECOND);

export function fromThirdPerson(text: string): string {
  const shifted = shift(text, THIRD_TO_SECOND);
  // "the human lives" has become "you lives"
  return shifted.replace(/\byou (is|was|has|does|\p{L}{2,}s)\b/giu, (whole, verb: string) => {
    const irregular: Record<string, string> = { is: "are", was: "were", has: "have", does: "do" };
    if (/(ss|always|sometimes|perhaps|this)$/.test(verb)) return whole;
    return `you ${irregular[verb.toLowerCase()] ?? verb.replace(/(?<=(?:sh|ch|ss|x|o))es$|s$/, "")}`;
  });
}

function shift(text: string, table: Shift): string {
  const keys = Object.keys(table).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}'])(?:${keys.join("|")})(?![\\p{L}\\p{N}]|'\\p{L})`,
    "giu",
  );
  return text.replaceAll("’", "'").replace(pattern, (found) => table[found.toLowerCase()] ?? found);
}

/** What is said to the human, as it is told of them. */
const SECOND_TO_THIRD: Shift = {
  "you are": "they are",
  "you're": "they are",
  "you were": "they were",
  you: "they",
  your: "their",
  yours: "theirs",
  yourself: "themself",
  yourselves: "themselves",
  "i am": "the AI is",
  i: "the AI",
  my: "the AI's",
  me: "the AI",
};

/** "Your dog likes you" as "their dog likes them". */
export function fromSecondPerson(text: string): string {
  return shift(text, SECOND_TO_THIRD).replace(
    /(?<=\b(?:to|for|with|at|of|from|by|than|call|calls|like|likes|love|loves|near|after|tell|told|help|gave|give) )they\b/gi,
    "them",
  );
}
