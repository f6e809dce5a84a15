import { isStopword } from "../../../language/words.ts";

/** A number of a text with what it counts, in the unit that its kind is compared in. */
export interface Quantity {
  value: number;
  /**
   * "time" in seconds, "share" of one, "bytes", "clock" in hours, a currency; undefined for any
   * other
   */
  unit: string | undefined;
  /** whether it is the least or the most that may be */
  bound: "least" | "most" | undefined;
  /** whether it is said to be so about, and not exactly */
  isRough: boolean;
  /** the word right behind it, if that carries meaning and is not its unit */
  counted: string | undefined;
  /** as it is written */
  text: string;
}

/**
 * The numbers of a text, in figures and in words: "24 h", "a thousand", "10 to 20 per cent",
 * "half".
 */
export function quantitiesIn(text: string): Quantity[] {
  const plain = plainNumbers(text);
  const found = [...plain.matchAll(NUMBER)].map((match) => ({ match, ...placeOf(match) }));
  return found.map(({ match, end }, at) => {
    const next = found[at + 1];
    // Of "10 to 20 per cent", both are shares.
    const isRange = next && /^\s*(?:to|and|or)\s+$/.test(plain.slice(end, next.start));
    const own = read(plain, match, end);
    return isRange && own.unit === undefined ? read(plain, match, next.end) : own;
  });
}

/** What `plainNumbers` gave, without its numbers and their units. */
export function withoutQuantities(plain: string): string {
  let [left, from] = ["", 0];
  for (const match of plain.matchAll(NUMBER)) {
    const { start, end } = placeOf(match);
    const after = plain.slice(end, end + 30);
    const before = plain.slice(Math.max(0, start - 30), start);
    const bound = AT_LEAST.before.exec(before)?.[0] ?? AT_MOST.before.exec(before)?.[0] ?? "";
    const unit = UNITS.flatMap(([pattern]) => pattern.exec(after)?.[0] ?? [])[0] ?? "";
    left += `${plain.slice(from, Math.max(from, start - bound.length))} `;
    from = end + unit.length;
  }
  return left + plain.slice(from);
}

const placeOf = ({ index = 0, 0: text }: RegExpMatchArray) => ({
  start: index,
  end: index + text.length,
});

/** A text in small letters, with its figures, times and months written in one way. */
export function plainNumbers(text: string): string {
  return text
    .toLowerCase()
    .replace(/(?<=\d)[,  '](?=\d{3}\b)/g, "")
    .replace(/\b([ap])\.\s?m\b\.?/g, "$1m")
    .replace(/\b(\d{1,2}):00\b/g, "$1")
    .replace(/\b(\d{1,2}):(\d\d)\b/g, "$1.$2")
    .replace(/\b(\d{4})-(0[1-9]|1[0-2])\b/g, (_, year, month) => `${MONTHS[month - 1]} ${year}`)
    .replace(/(?<=\d)\s?[-–—]\s?(?=\d)/g, " to ");
}

/**
 * Whether two quantities say the same, a rough one within a fiftieth; the least is not the most.
 */
export function isSame(one: Quantity, other: Quantity): boolean {
  const most = one.isRough || other.isRough ? 1 / 50 : 1e-9;
  const isNear = Math.abs(one.value - other.value) <= Math.abs(one.value) * most;
  const isOfKind = !one.unit || !other.unit || one.unit === other.unit;
  return isNear && isOfKind && !(one.bound && other.bound && one.bound !== other.bound);
}

const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const POWERS: Record<string, number> = { hundred: 100, thousand: 1000, million: 1e6, billion: 1e9 };
const PARTS: Record<string, number> = {
  half: 1 / 2,
  third: 1 / 3,
  quarter: 1 / 4,
  fifth: 1 / 5,
  tenth: 1 / 10,
  hundredth: 1 / 100,
};
const TIMES: Record<string, number> = { once: 1, twice: 2, thrice: 3, dozen: 12 };

const words = (list: readonly string[]) => list.join("|");
const SMALL = `(?:${words(TENS)})(?:[- ](?:${words(ONES.slice(1, 10))}))?|${words(ONES.filter((one) => one !== "one"))}`;
const UNIT = "second|minute|hour|day|week";
const POWER = words(Object.keys(POWERS));
/** "one" is mostly no number, and "a" only before a unit. */
const NUMBER = new RegExp(
  [
    String.raw`(?<![\w.])-?\d+(?:\.\d+)?(?:\s?(?:${POWER})\b)?`,
    String.raw`\b(?:(?:${SMALL}|one|a)\s(?:${POWER})|${POWER})(?:\s(?:and\s)?(?:${SMALL}|one)(?:\s(?:${POWER}))?)*\b`,
    String.raw`\b(?:an?\s|one\s)?(?:${words(Object.keys(PARTS))})\b(?!\s+(?:one|of\s+two|stage|time)\b)`,
    String.raw`(?<!\bat )\b(?:${words(Object.keys(TIMES))})\b`,
    String.raw`\b(?:${SMALL})\b(?:\sand\sa\s(?:half|quarter)\b)?`,
    String.raw`^\W*one(?=\W*$)|\b(?:only|just|exactly|least|most)\sone\b`,
    String.raw`\bone\s(?=(?:${UNIT}))`,
    String.raw`(?<=\b(?:in|within|under|than|over|about|for|least|most|takes?|after)\s)an?\s(?=(?:${UNIT}))`,
  ].join("|"),
  "g",
);

/** @param until where its unit begins, which may be that of a later number */
function read(plain: string, match: RegExpMatchArray, until: number): Quantity {
  const { start, end } = placeOf(match);
  const before = plain.slice(Math.max(0, start - 30), start);
  const after = plain.slice(until, until + 30);
  const sign = /[€$£]$/.exec(before)?.[0] ?? "";
  const [pattern, unit, each] = UNITS.find(([one]) => one.test(`${sign}${after}`)) ?? [];
  const [least, most] = [AT_LEAST, AT_MOST].map(
    (bound) => bound.before.exec(before)?.[0] ?? bound.after.exec(after)?.[0],
  );
  const text = match[0].trim();
  const written = sign + plain.slice(start, end) + (pattern?.exec(plain.slice(end))?.[0] ?? "");
  return {
    ...inUnit(worthOf(text), text, unit, each),
    bound: least ? "least" : most ? "most" : undefined,
    isRough: least !== undefined || most !== undefined || ROUGHLY.test(before),
    counted: unit === undefined ? countedIn(plain.slice(end, end + 30)) : undefined,
    text: `${least ?? most ?? ""}${written}`.trim(),
  };
}

function countedIn(after: string): string | undefined {
  const word = /^[ -](\p{L}{3,})/u.exec(after)?.[1];
  return word === undefined || isStopword(word) ? undefined : word;
}

function inUnit(value: number, text: string, unit?: string, each = 1) {
  if (unit === "late") return { value: value < 12 ? value + 12 : value, unit: "clock" };
  // A cent is the hundredth of whatever money it is.
  if (unit === "cent") return { value: value / 100, unit: undefined };
  const isPart = unit === undefined && /\b(?:half|third|quarter|fifth|tenth|hundredth)$/.test(text);
  return { value: value * each, unit: isPart ? "share" : unit };
}

/** What stands before or behind a number that is a bound. */
const AT_LEAST = {
  before: /(?:at least|no less than|not less than|minimum of|more than|over|above)\s(?:an?\s)?$/,
  after: /^\s*(?:\p{L}+\s)?(?:or more|at least|and more)\b/u,
};
const AT_MOST = {
  before:
    /(?:at most|no more than|not more than|maximum of|fewer than|less than|under|below|up to|within)\s(?:an?\s)?$/,
  after: /^\s*(?:\p{L}+\s)?(?:or less|or fewer|at most)\b/u,
};

const ROUGHLY =
  /(?:about|around|roughly|some|nearly|almost|approximately|circa|or so|~)\s*(?:an?\s)?$/;

function worthOf(text: string): number {
  const figure = /^-?\d+(?:\.\d+)?/.exec(text)?.[0];
  if (figure !== undefined) return Number(figure) * (POWERS[text.slice(figure.length).trim()] ?? 1);
  let [total, part] = [0, 0];
  for (const word of text.split(/[\s-]+/)) {
    const [one, ten] = [ONES.indexOf(word), TENS.indexOf(word)];
    if (one >= 0) part += one;
    else if (ten >= 0) part += 20 + 10 * ten;
    else if (word in PARTS) part += PARTS[word]!;
    else if (word in TIMES) part += TIMES[word]!;
    else if (word === "hundred") part = (part || 1) * 100;
    else if (word in POWERS) [total, part] = [total + (part || 1) * POWERS[word]!, 0];
  }
  // "an hour"
  return total + part || (/\b(?:an?|one)$/.test(text) ? 1 : 0);
}

/** Units with what stands for them, and how many of the kind's own unit one is. */
const UNITS: [RegExp, string, number][] = [
  [/^\s*(?:per ?cents?|percent|%)/, "share", 0.01],
  [/^\s*(?:s|secs?|seconds?)\b/, "time", 1],
  [/^[\s-]*(?:mins?|minutes?)\b/, "time", 60],
  [/^[\s-]*(?:h|hrs?|hours?)\b/, "time", 3600],
  [/^[\s-]*days?\b/, "time", 86_400],
  [/^[\s-]*weeks?\b/, "time", 604_800],
  [/^\s*(?:€|euros?|eur)(?![a-z])|^€/, "euro", 1],
  [/^\s*(?:\$|dollars?|usd)(?![a-z])|^\$/, "dollar", 1],
  [/^\s*(?:£|pounds?|gbp)(?![a-z])|^£/, "pound", 1],
  [/^\s*cents?\b/, "cent", 1],
  [/^\s*(?:of )?(?:an? )?(?:kb|kilobytes?)\b/, "bytes", 1e3],
  [/^\s*(?:of )?(?:an? )?(?:mb|megabytes?)\b/, "bytes", 1e6],
  [/^\s*(?:of )?(?:an? )?(?:gb|gigabytes?)\b/, "bytes", 1e9],
  [/^\s*(?:of )?(?:an? )?(?:tb|terabytes?)\b/, "bytes", 1e12],
  [/^\s*(?:pm\b|in the (?:evening|afternoon)\b)/, "late", 1],
  [/^\s*(?:am\b|in the morning\b)/, "clock", 1],
];
