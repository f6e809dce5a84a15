/**
 * A kind of question: what tells it, what a sentence that answers it must show, and words of the
 * question that this settles.
 */
export interface Kind {
  name: string;
  asked: RegExp;
  shown: RegExp;
  settles?: string[];
}

const DIGITS = /\d(?:\D{0,3}\d){4}/;
/** A figure, but for those of names and versions: neither "Apache-2.0" nor "v3". */
const NUMBER =
  /(?<![\w-]|[\w-]\d*\.)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand|million|billion|half|quarter|dozen|none|no)\b/i;
const SPAN =
  /\b(?:an?|the|over) (?:second|minute|hour|day|night|week|weekend|fortnight|month|season|year)\b/i;
const TIME =
  /(?<![\w-])\d|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|noon|midnight|morning|afternoon|evening|night|today|tomorrow|daily|weekly|monthly|every|always|never|before|after|until|when|whenever|once|as soon as|while|if|first|last|early|late|later|beginning|end)\b/i;
const OFTEN =
  /\d|\b(?:once|twice|times|every|each|always|never|daily|weekly|monthly|yearly|annually|after|before|regularly|seldom|rarely)\b/i;
/** Prices, also in a row of a table, whose unit may stand elsewhere. */
const MONEY =
  /\|.*\d|[€$£¥]|\b(?:euros?|dollars?|pounds?|pence|cents?|francs?|crowns?|kronor|yen|free|EUR|USD|GBP)\b/i;
const SOMEBODY =
  /(?<=[^\s.!?]\s)\p{Lu}\p{Ll}+|^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|\b(?:staff|owner|team|manager|anyone|everyone|nobody|customers?|members?|we|you|people|users?|models?)\b/u;

const KINDS: Kind[] = [
  {
    name: "phone",
    asked: /\b(?:phone|telephone|fax|mobile) number\b|\bwhat number\b.*\b(?:call|ring|dial)\b/i,
    shown: DIGITS,
    settles: ["number"],
  },
  {
    name: "address",
    asked: /\b(?:e-?mail|web|postal|street) address\b|\bwhat is the address\b/i,
    shown: /\d|@|\bwww\b|https?:/,
    settles: ["address"],
  },
  {
    name: "price",
    asked:
      /\bhow much (?:is|are|was|were|do you charge)\b|\bhow much\b.*\b(?:costs?|pay|charged?)\b|\b(?:what|have to|need to|must|should)\b.* pay\b|\bprices?\b|\bwhat\b.*\bcosts?\b/i,
    shown: MONEY,
    settles: ["price", "cost", "much"],
  },
  {
    name: "span",
    asked: /\bhow long\b/i,
    shown: new RegExp(`${NUMBER.source}|${SPAN.source}`, "i"),
  },
  { name: "often", asked: /\bhow (?:often|frequently)\b/i, shown: OFTEN },
  {
    name: "amount",
    asked:
      /\bhow (?:much|many|old|far|tall|high|heavy|big|wide|deep|fast|hot|large)\b|\b(?:what|which) (?:age|size|pressure|temperature|percentage|number of|weight|length)\b/i,
    shown: NUMBER,
  },
  {
    name: "time",
    asked:
      /^\W*(?:and |so |but )?(?:when|what (?:time|date|day|year|month)s?|how (?:late|early))\b|\b(?:at|on|by|until) (?:what|which) (?:time|day|date)\b|\bopening (?:hours|times)\b|, when\b/i,
    shown: TIME,
    settles: ["time", "date", "hours", "times", "late", "early"],
  },
  {
    name: "place",
    asked: /^\W*(?:and |so |but )?where\b/i,
    shown:
      /\b(?:in|at|on|under|behind|near|by|beside|between|above|below|inside|outside|from|to|into|here|there|next|opposite|around|along|through|over|of)\b|\/\w/i,
  },
  { name: "who", asked: /^\W*(?:and |so |but )?who\b/i, shown: SOMEBODY },
  {
    name: "way",
    asked: /^\W*(?:and |so |but )?(?:how (?:do|does|can|could|should|to|is|are)|why)\b/i,
    shown: /./,
  },
];

const ANY: Kind = { name: "any", asked: /./, shown: /./ };

export function kindOf(question: string): Kind {
  return KINDS.find(({ asked }) => asked.test(question)) ?? ANY;
}
