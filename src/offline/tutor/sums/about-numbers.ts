/** The answer to a question about whole numbers and lists of numbers: primes, factors, averages; undefined for any other. */
export function aboutNumbers(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const asked = text
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/(?<=\d),(?=\d{3}\b)/g, "")
    .replace(/[?.\s]{1,40}$/, "")
    .replace(/(?<!\d)!+$/, "");
  for (const { pattern, answer } of KINDS) {
    const found = pattern.exec(asked);
    if (!found) continue;
    const numbers = (found[0].match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
    if (numbers.every(Number.isFinite)) return answer(numbers, found);
  }
  return undefined;
}

const LONGEST = 200;
/** No larger number is tried for factors, of which the last prime would take a million divisions. */
const LARGEST = 1e12;

interface Kind {
  pattern: RegExp;
  answer(numbers: number[], found: RegExpExecArray): string | undefined;
}

const KINDS: Kind[] = [
  {
    pattern:
      /\b(?:next|first|smallest) prime(?: number)? (?:after|above|over|greater than|bigger than|larger than) \d+/,
    answer: ([n = 0]) =>
      n > LARGEST ? undefined : `The next prime after ${n} is ${nextPrime(n)}.`,
  },
  {
    pattern:
      /\bis (?:the number )?\d+ (?:also |really )?(?:a )?prime\b|\b\d+ (?:is )?(?:a )?prime(?: number)?$|\bprime\b.*\bis \d+$/,
    answer: ([n = 0]) => primality(n),
  },
  {
    pattern: /\b(?:prime )?factors? of \d+$|\bfactori[sz]e \d+$/,
    answer: ([n = 0]) => (n < 2 || n > LARGEST ? undefined : `${n} = ${factorsOf(n).join(" × ")}.`),
  },
  {
    pattern: /\bis \d+ (?:evenly )?(?:divisible|dividable) by \d+$|\bdoes \d+ divide \d+$/,
    answer: ([a = 0, b = 1], found) => {
      const [whole, part] = /does/.test(found[0]) ? [b, a] : [a, b];
      if (part === 0) return "No: nothing can be divided by zero.";
      const rest = whole % part;
      return rest === 0
        ? `Yes: ${whole} ÷ ${part} is ${whole / part}.`
        : `No: ${whole} ÷ ${part} leaves ${rest}.`;
    },
  },
  {
    pattern: /\bis \d+ (?:an )?(even|odd)(?: number)?(?: or (?:even|odd))?$/,
    answer: ([n = 0], found) => {
      const is = n % 2 === 0 ? "even" : "odd";
      if (/ or /.test(found[0])) return `${n} is ${is}.`;
      return found[1] === is ? `Yes, ${n} is ${is}.` : `No, ${n} is ${is}.`;
    },
  },
  {
    pattern:
      /\bis -?\d+(?:\.\d+)? (greater|bigger|larger|more|higher|less|smaller|lower|fewer) than -?\d+(?:\.\d+)?$/,
    answer: ([a = 0, b = 0], found) => {
      const isMore = /great|big|larg|more|high/.test(found[1] ?? "");
      const holds = isMore ? a > b : a < b;
      return `${holds ? "Yes" : "No"}: ${a} is ${a > b ? "greater than" : a < b ? "less than" : "equal to"} ${b}.`;
    },
  },
  {
    pattern:
      /\b(?:which|what|who)(?: number| one)? is (?:the )?(bigger|greater|larger|more|smaller|less|lower|higher|biggest|smallest|largest)\b[\s,:]+(.+?)(?:,| or)+ ?(?:or )?(\S+)$/,
    answer: (_, found) => comparison(found[1] ?? "", found[2] ?? "", found[3] ?? ""),
  },
  {
    pattern:
      /\b(average|mean|median|sum|total|maximum|minimum|largest|smallest|max|min) (?:of|among) (?:the numbers )?-?\d[\d\s.,and-]*$/,
    answer: (numbers, found) =>
      numbers.length < 2 ? undefined : statistic(found[1] ?? "", numbers),
  },
  {
    pattern: /\b(\d+) ?(?:!|factorial)$|\bfactorial (?:of )?(\d+)$/,
    answer: ([n = 0]) => factorial(n),
  },
  { pattern: /^(?:what is |what's |whats )?\d+!$/, answer: ([n = 0]) => factorial(n) },
  {
    pattern: /\bcube root (?:of )?-?\d+(?:\.\d+)?$/,
    answer: ([n = 0]) => `The cube root of ${n} is ${rounded(Math.cbrt(n))}.`,
  },
  {
    pattern: /\b(?:sqrt|square root|root)(?: of)? ?\(?\d+(?:\.\d+)?\)?$/,
    answer: ([n = 0]) => `√${n} is ${rounded(Math.sqrt(n))}.`,
  },
  {
    pattern:
      /\bround(?:ed)?(?: off)? -?\d+(?:\.\d+)?(?: to (?:the nearest )?(?:whole(?: number)?|integer|one))?$/,
    answer: ([n = 0]) => `${n} rounded is ${Math.round(n)}.`,
  },
  {
    pattern: /\b(\d+(?:\.\d+)?) (?:dozens?)$/,
    answer: ([n = 0]) => `${n} dozen is ${12 * n}.`,
  },
];

function primality(n: number): string | undefined {
  if (!Number.isInteger(n) || n > LARGEST) return undefined;
  if (n < 2) return `No, ${n} is not a prime number: primes begin with 2.`;
  const factors = factorsOf(n);
  return factors.length === 1
    ? `Yes, ${n} is a prime number: only 1 and ${n} divide it.`
    : `No, ${n} is not a prime number: it is ${factors.join(" × ")}.`;
}

function factorsOf(n: number): number[] {
  const found: number[] = [];
  let rest = n;
  for (let divisor = 2; divisor * divisor <= rest; divisor++)
    while (rest % divisor === 0) {
      found.push(divisor);
      rest /= divisor;
    }
  return rest > 1 ? [...found, rest] : found;
}

function nextPrime(n: number): number {
  let candidate = Math.floor(n) + 1;
  while (candidate < 2 || factorsOf(candidate).length !== 1) candidate++;
  return candidate;
}

function factorial(n: number): string | undefined {
  if (!Number.isInteger(n) || n > 100) return undefined;
  let value = 1n;
  for (let factor = 2n; factor <= BigInt(n); factor++) value *= factor;
  return `${n}! is ${value}.`;
}

function statistic(kind: string, numbers: number[]): string {
  const sum = numbers.reduce((all, value) => all + value, 0);
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle =
    (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) /
    2;
  const value = /average|mean/.test(kind)
    ? sum / numbers.length
    : kind === "median"
      ? middle
      : /max|larg/.test(kind)
        ? sorted.at(-1)!
        : /min|small/.test(kind)
          ? sorted[0]!
          : sum;
  return `The ${kind} of ${numbers.join(", ")} is ${rounded(value)}.`;
}

function comparison(kind: string, one: string, other: string): string | undefined {
  const [a, b] = [one, other].map(ratioOf);
  if (a === undefined || b === undefined) return undefined;
  if (a === b) return `${one} and ${other} are equal.`;
  const wantsMore = /bigg|great|larg|more|high/.test(kind);
  const won = a > b === wantsMore ? one : other;
  return `${won} is ${kind.replace(/est$/, "er")}.`;
}

function ratioOf(text: string): number | undefined {
  const [, top, bottom = "1"] = /^\s*(-?\d+(?:\.\d+)?)(?:\s*\/\s*(\d+))?\s*$/.exec(text) ?? [];
  return top === undefined ? undefined : Number(top) / Number(bottom);
}

/** A number in figures; "about" where its decimals do not end within six places. */
export function rounded(value: number): string {
  const near = Number(value.toFixed(6));
  const text = String(Number(value.toFixed(4)));
  return Math.abs(near - Number(text)) < 1e-9 && Math.abs(value - near) < 1e-9
    ? text
    : `about ${text}`;
}
