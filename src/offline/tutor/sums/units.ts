import { rounded } from "./about-numbers.ts";

/** The answer to a question that turns one unit into another; undefined for any other. */
export function convertUnits(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const asked = text
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/(?<=\d),(?=\d{3}\b)/g, "")
    .replace(/[?.!\s]+$/, "")
    .replace(/\b(?:an?|one|each)\b/g, "1")
    .replace(/\b(two|three|four|five|six|seven|eight|nine|ten|twelve)\b/g, (word) =>
      String(NUMBERS[word]),
    )
    .replace(/\bhalf 1\b/g, "0.5");
  const forward =
    /\b(-?\d+(?:\.\d+)?) ?(?:degrees? )?(°?\p{L}+)(?: degrees?)? (?:in|to|into|as|equals?(?: how many)?) (?:degrees? )?(°?\p{L}+)$/u.exec(
      asked,
    );
  if (forward) return converted(Number(forward[1]), forward[2] ?? "", forward[3] ?? "");
  const backward =
    /\bhow (?:many|much) (°?\p{L}+)(?: (?:are|is)(?: there)?)?(?: in| make(?: up)?| are| is| to| per| fit in)? (-?\d+(?:\.\d+)?) ?(°?\p{L}+)(?: have| has| last| make)?$/u.exec(
      asked,
    );
  if (backward) return converted(Number(backward[2]), backward[3] ?? "", backward[1] ?? "");
  const having =
    /\bhow many (\p{L}+) (?:does|do|has|have) (-?\d+(?:\.\d+)?) (\p{L}+) (?:have|has|last)?$/u.exec(
      asked,
    );
  return having ? converted(Number(having[2]), having[3] ?? "", having[1] ?? "") : undefined;
}

const LONGEST = 160;
const NUMBERS: Record<string, number> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
};

interface Unit {
  /** what it measures */
  of: string;
  /** how many of the smallest unit of that kind it is */
  size: number;
  names: string;
}

const UNITS: Unit[] = [
  { of: "length", size: 0.001, names: "mm millimetre millimetres millimeter millimeters" },
  { of: "length", size: 0.01, names: "cm centimetre centimetres centimeter centimeters" },
  { of: "length", size: 1, names: "m metre metres meter meters" },
  { of: "length", size: 1000, names: "km kilometre kilometres kilometer kilometers kms" },
  { of: "length", size: 0.0254, names: "inch inches" },
  { of: "length", size: 0.3048, names: "foot feet ft" },
  { of: "length", size: 0.9144, names: "yard yards yd" },
  { of: "length", size: 1609.344, names: "mile miles mi" },
  { of: "weight", size: 1, names: "g gram grams gramme grammes" },
  { of: "weight", size: 1000, names: "kg kilo kilos kilogram kilograms" },
  { of: "weight", size: 1e6, names: "tonne tonnes ton tons" },
  { of: "weight", size: 28.349523125, names: "ounce ounces oz" },
  { of: "weight", size: 453.59237, names: "pound pounds lb lbs" },
  { of: "weight", size: 6350.29318, names: "stone stones" },
  { of: "time", size: 1, names: "s sec second seconds secs" },
  { of: "time", size: 60, names: "min minute minutes mins" },
  { of: "time", size: 3600, names: "h hour hours hrs" },
  { of: "time", size: 86_400, names: "day days" },
  { of: "time", size: 604_800, names: "week weeks" },
  { of: "volume", size: 0.001, names: "ml millilitre millilitres milliliter milliliters" },
  { of: "volume", size: 1, names: "l litre litres liter liters" },
  { of: "volume", size: 3.785411784, names: "gallon gallons" },
  { of: "data", size: 1, names: "byte bytes" },
  { of: "data", size: 1000, names: "kb kilobyte kilobytes" },
  { of: "data", size: 1e6, names: "mb megabyte megabytes" },
  { of: "data", size: 1e9, names: "gb gigabyte gigabytes" },
];
const byName = new Map(UNITS.flatMap((unit) => unit.names.split(" ").map((name) => [name, unit])));
const DEGREES: Record<string, string> = {
  celsius: "°C",
  c: "°C",
  "°c": "°C",
  centigrade: "°C",
  fahrenheit: "°F",
  f: "°F",
  "°f": "°F",
  kelvin: "K",
  k: "K",
};

function converted(amount: number, from: string, to: string): string | undefined {
  const [one, other] = [byName.get(from), byName.get(to)];
  if (one && other) {
    if (one.of !== other.of) return undefined;
    return `${amount} ${from} is ${rounded((amount * one.size) / other.size)} ${to}.`;
  }
  const [degree, wanted] = [DEGREES[from], DEGREES[to]];
  if (degree === undefined || wanted === undefined) return undefined;
  const celsius =
    degree === "°F" ? ((amount - 32) * 5) / 9 : degree === "K" ? amount - 273.15 : amount;
  const value =
    wanted === "°F" ? (celsius * 9) / 5 + 32 : wanted === "K" ? celsius + 273.15 : celsius;
  return `${amount} ${degree} is ${rounded(value)} ${wanted}.`;
}
