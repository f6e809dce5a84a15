import { Fraction } from "./fraction.ts";

/** The result of a sum that is asked for in figures or words; undefined if the text asks for none. */
export function workOut(text: string): string | undefined {
  if (text.length > LONGEST)
    return /^[\d.+\-*/^%()√\s=]+$/.test(text) && /\d/.test(text) ? TOO_LONG : undefined;
  const source = expressionIn(text);
  if (source === undefined) return undefined;
  try {
    const value = new Parser(source).parse();
    return `${prettify(source)} is ${value.toText()}.`;
  } catch (error) {
    if (error instanceof RangeError) return `${prettify(source)} has no value: ${error.message}.`;
    return undefined;
  }
}

/** No sum that a person writes is longer. */
const LONGEST = 1000;
const TOO_LONG =
  "I cannot work that out: it is longer than the 1,000 characters of a sum that I read.";

const LEAD_IN =
  /^(?:(?:and|so|ok|okay|now|then|please|hey|hi|hello|thanks|great|cool|can you|could you|would you|do you know|tell me|quickly|also|but|hm+)[\s,.!]+)*(?:(?:(?:what|waht|wat|whta|wht|wath)(?:'s| is|s| are| does| do)?|how much (?:is|are|does|do|makes?)?|how many (?:is|are)?|calculate|compute|work out|evaluate|solve|give me|find|figure out|the (?:answer|result|value) (?:of|to))\s*)*(?:the (?=sum|product|difference|quotient|square|cube|result))?/i;

/** The expression that the text consists of, in figures and signs; undefined if there is anything else in it. */
function expressionIn(text: string): string | undefined {
  const asked = text
    .trim()
    .replaceAll("’", "'")
    .replace(LEAD_IN, "")
    .replace(/[?!.=\s]+$/, "")
    .replace(/\s+(?:equals?|make|makes|please|is what|is|equal to|come to|again)$/i, "")
    .replace(/\s*[=?]\s*$/, "");
  const figures = inFigures(asked.toLowerCase());
  const isExpression = /^[\d.+\-*/^%()√\s]+$/.test(figures) && /\d/.test(figures);
  const hasOperator = /[\d)]\s*[-+*/^%]|√/.test(figures);
  return isExpression && hasOperator ? figures.trim() : undefined;
}

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const NUMBER_WORD = `(?:${[...UNITS, ...TENS, "hundred", "thousand", "million"].join("|")})`;

/** Number words as figures, and the words of sums as signs. */
function inFigures(text: string): string {
  const n = String.raw`(\(?-?[\d.]+(?:\s*[-+*/^]\s*[\d.]+)*\)?)`;
  return text
    .replace(/(?<=\d)[,  '](?=\d{3}\b)/g, "")
    .replace(
      new RegExp(String.raw`\b${NUMBER_WORD}(?:(?:[\s-]|\sand\s)+${NUMBER_WORD})*\b`, "g"),
      numberFrom,
    )
    .replace(/\ba dozen\b|\bdozen\b/g, "12")
    .replace(/\b(?:the )?(?:square root|root) of\b/g, "√")
    .replace(/\b(?:the )?square of ([\d.]+)/g, "$1 ^ 2")
    .replace(/\b(?:the )?cube of ([\d.]+)/g, "$1 ^ 3")
    .replace(/\b(?:the )?sum of (.+)$/, (_, list: string) => joined(list, "+"))
    .replace(/\b(?:the )?product of (.+)$/, (_, list: string) => joined(list, "*"))
    .replace(
      new RegExp(String.raw`\b(?:the )?difference (?:of|between) ${n} (?:and|to) ${n}`),
      "$1 - $2",
    )
    .replace(/^add (.+)$/, (_, list: string) => joined(list.replace(/\bto\b/g, "and"), "+"))
    .replace(/^multiply (.+)$/, (_, list: string) =>
      joined(list.replace(/\b(?:by|with)\b/g, "and"), "*"),
    )
    .replace(new RegExp(`^(?:subtract|take) ${n} (?:away )?from ${n}`), "$2 - $1")
    .replace(new RegExp(`^divide ${n} by ${n}`), "$1 / $2")
    .replace(new RegExp(String.raw`${n}\s*(?:%|percent|per cent)\s*of\s*`, "g"), "$1 / 100 * ")
    .replace(/\b(?:a |one )?half of\b/g, "1/2 *")
    .replace(/\b(?:a |one )?third of\b/g, "1/3 *")
    .replace(/\b(?:a |one )?quarter of\b/g, "1/4 *")
    .replace(/\b(?:double|twice)\b/g, "2 *")
    .replace(/\btriple\b/g, "3 *")
    .replace(/\bto the power of\b|\braised to\b|\*\*/g, "^")
    .replace(/\bsquared\b/g, "^ 2")
    .replace(/\bcubed\b/g, "^ 3")
    .replace(/\b(?:multiplied by|times|x)\b|(?<=\d)\s*[x×·]\s*(?=[\d(])/g, "*")
    .replace(/\b(?:divided by|over)\b|[÷:]/g, "/")
    .replace(/\b(?:plus|and)\b/g, "+")
    .replace(/\b(?:minus|less)\b|[−–]/g, "-")
    .replace(/\b(?:modulo|mod)\b/g, "%");
}

const joined = (list: string, sign: string) =>
  list.split(/\s*,\s*(?:and\s+)?|\s+and\s+/).join(` ${sign} `);

/** "three thousand and forty-two" as 3042. */
function numberFrom(words: string): string {
  let total = 0;
  let current = 0;
  for (const word of words.split(/[\s-]+/)) {
    if (UNITS.includes(word)) current += UNITS.indexOf(word);
    else if (TENS.includes(word)) current += 20 + 10 * TENS.indexOf(word);
    else if (word === "hundred") current = Math.max(current, 1) * 100;
    else if (word === "thousand" || word === "million") {
      total += Math.max(current, 1) * (word === "thousand" ? 1e3 : 1e6);
      current = 0;
    }
  }
  return String(total + current);
}

function prettify(source: string): string {
  return source
    .replace(/\s+/g, " ")
    .replace(/ ?([-+*/^%]) ?/g, " $1 ")
    .replace(/(^|\() - /g, "$1-")
    .replace(/([-+*/^%] )- (?=\d)/g, "$1-")
    .replaceAll("*", "×")
    .replace(/ \^ /g, "^")
    .replace(/√ /g, "√")
    .trim();
}

/** Sums with the usual order: brackets, roots, powers, signs, products, sums. */
class Parser {
  readonly #tokens: string[];

  constructor(source: string) {
    this.#tokens = source.match(/\d+(?:\.\d+)?|\.\d+|[-+*/^%()√]/g) ?? [];
  }

  parse(): Fraction {
    const value = this.#sum();
    if (this.#tokens.length > 0) throw new SyntaxError(`unexpected ${this.#tokens[0]}`);
    return value;
  }

  #sum(): Fraction {
    let value = this.#product();
    for (;;) {
      if (this.#take("+")) value = value.plus(this.#product());
      else if (this.#take("-")) value = value.minus(this.#product());
      else return value;
    }
  }

  #product(): Fraction {
    let value = this.#sign();
    for (;;) {
      if (this.#take("*")) value = value.times(this.#sign());
      else if (this.#take("/")) value = value.over(this.#sign());
      else if (this.#take("%")) value = value.modulo(this.#sign());
      else return value;
    }
  }

  #sign(): Fraction {
    if (this.#take("-")) return Fraction.of("0").minus(this.#sign());
    if (this.#take("+")) return this.#sign();
    const base = this.#atom();
    return this.#take("^") ? base.power(this.#sign()) : base;
  }

  #atom(): Fraction {
    if (this.#take("√")) return this.#atom().root();
    if (this.#take("(")) {
      const inner = this.#sum();
      if (!this.#take(")")) throw new SyntaxError("a bracket is left open");
      return inner;
    }
    const token = this.#tokens.shift();
    if (token === undefined || !/^[\d.]/.test(token)) throw new SyntaxError("a number is missing");
    return Fraction.of(token);
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }
}
