import { extract } from "../knowledge/extract-field.ts";
import { nearestCandidate } from "../nearest.ts";
import { candidatesIn } from "../skills/route.ts";
import { type PatternTester, sampleOf } from "./pattern.ts";
import { fits, refusal, type Shape } from "./shape.ts";
import { spokenTexts, switchedIn } from "./spoken.ts";
import { findTold, labelled, ofKind, some, type Told } from "./told.ts";

/** A value, and whether the conversation tells it. */
export interface Filled {
  value: unknown;
  isTold: boolean;
}

export const untold = (value: unknown): Filled => ({ value, isTold: false });

export function isSpoken(value: unknown, told: Told): boolean {
  if (value === null || typeof value === "boolean" || value === "") return false;
  const words = spaced(String(value)).replace(/[^\p{L}\p{N} ]/gu, ".");
  if (words.length > 100) return false;
  return new RegExp(`(?<![\\p{L}\\p{N}])${words}s?(?![\\p{L}\\p{N}])`, "iu").test(
    told.question.slice(0, 20_000),
  );
}

/** The value that the question names, or whose description is nearest to it. */
export function choose(values: readonly unknown[], told: Told): Filled {
  const spoken = values.find((value) => isSpoken(value, told));
  const names = values.filter((value) => typeof value === "string");
  const described = candidatesIn(told.all).filter(({ name }) => names.includes(name));
  const asked = told.question.split(/\n\s*\n/).at(-1) ?? told.question;
  const nearest = nearestCandidate(asked, described)?.name;
  const found = (described.length > 1 ? nearest : undefined) ?? spoken ?? nearest;
  if (found !== undefined) return { value: found, isTold: true };
  const usual = names.find((name) => /^(?:default|other|none|general|unknown)$/i.test(name));
  return untold(usual ?? (values.includes(null) ? null : values[0]));
}

export function booleanOf(shape: Shape, name: string, told: Told): Filled {
  const switched = told.call && switchedIn(spaced(name), told.question);
  if (switched !== undefined) return { value: switched, isTold: true };
  const description =
    shape.description ?? spaced(name).replace(/^(?:is|has|are|was|can|should) /, "");
  const value = extract(told.question, { type: "boolean", description }) as boolean;
  return { value, isTold: value };
}

/** Fields that take the question itself, and those that take an answer to it. */
const OF_QUESTION =
  /^(?:query|question|input|text|search|search term|q|topic|prompt|message|request|task)$/i;
const OF_REPLY =
  /^(?:final )?(?:answer|reply|response|result|output|solution|explanation|content)(?: text)?$/i;
export const ASKS_REPLY =
  /"(?:final_?)?(?:answer|reply|response|result|output|solution|explanation|content)(?:_?text)?"/i;

export function stringOf(
  shape: Shape,
  name: string,
  told: Told,
  tester: PatternTester,
  isTop = false,
): Filled {
  const field = spaced(name);
  const isOwn = (value: string | undefined) =>
    value !== undefined &&
    fits(shape, value) &&
    (shape.pattern === undefined || tester.isMatch(shape.pattern, value));
  const given = OF_QUESTION.test(field)
    ? told.question
    : OF_REPLY.test(field)
      ? told.reply
      : undefined;
  if (given && isOwn(given)) return { value: given, isTold: true };
  const words = fieldWords(name, shape);
  const { call } = told;
  const isKnown = ofKind(words, "") !== undefined;
  const spoken =
    call &&
    findTold(told, (text) => spokenTexts(field, words, text, call, isTop && !isKnown)?.find(isOwn));
  if (spoken !== undefined) return { value: spoken, isTold: true };
  const found =
    findTold(told, (text) => labelled(field, text)) ??
    findTold(told, (text) => some(ofKind(words, text))?.find(isOwn)) ??
    (shape.pattern
      ? told.question
          .slice(0, 2000)
          .split(/[\s,;"']+/)
          .slice(0, 50)
          .find(isOwn)
      : undefined);
  if (isOwn(found)) return { value: found, isTold: true };
  if (call) return untold(placeholder(shape, tester));
  const { description } = shape;
  const said =
    description === undefined
      ? told.question
      : (extract(told.question, { type: "string", description }) as string);
  if (!isKnown && said !== "" && isOwn(said))
    return { value: said, isTold: description !== undefined };
  return untold(placeholder(shape, tester));
}

/** A text that keeps to what a schema says of it, where nothing is told. @throws RefusedRequest */
function placeholder(shape: Shape, tester: PatternTester): string {
  const { minLength = 0, pattern, format } = shape;
  const sample = pattern === undefined ? "" : sampleOf(pattern, tester);
  const all = [
    "",
    "-".repeat(Math.min(minLength, 100_000)),
    FORMATS[format ?? ""] ?? "",
    ...Object.values(FORMATS),
    sample,
    sample.padEnd(minLength, "a"),
  ];
  const found = all.find(
    (text) => fits(shape, text) && (pattern === undefined || tester.isMatch(pattern, text)),
  );
  if (found === undefined)
    throw refusal(
      `it finds no text for ${JSON.stringify(pattern ?? format ?? shape).slice(0, 200)}`,
    );
  return found;
}

const FORMATS: Record<string, string> = {
  email: "someone@example.com",
  uri: "https://example.com",
  uuid: "00000000-0000-4000-8000-000000000000",
  date: "2026-01-01",
  "date-time": "2026-01-01T00:00:00Z",
  time: "00:00:00Z",
  duration: "P1D",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  hostname: "example.com",
};

/** A number within the bounds of a schema: the nearest to the given one. */
export function within(shape: Shape, given: number): number {
  const step = shape.multipleOf ?? (shape.type === "integer" ? 1 : undefined);
  const small = step ?? 0.001;
  let value = given;
  if (shape.type === "integer") value = Math.round(value);
  if (step !== undefined) value = Math.round(value / step) * step;
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = shape;
  const up = (bound: number) => (step === undefined ? bound : Math.ceil(bound / step) * step);
  const down = (bound: number) => (step === undefined ? bound : Math.floor(bound / step) * step);
  if (minimum !== undefined && value < minimum) value = up(minimum);
  if (typeof above === "number" && value <= above) value = down(above) + small;
  if (maximum !== undefined && value > maximum) value = down(maximum);
  if (typeof below === "number" && value >= below) value = up(below) - small;
  return value;
}

/** "isTall" and "is_tall" are "is tall". */
export const spaced = (name: string) =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/[_-]+/g, " ")
    .trim()
    .toLowerCase();

/** All that a schema says of a field, in small letters. */
export const fieldWords = (name: string, ...shapes: Shape[]) =>
  [spaced(name), ...shapes.map(({ description, format }) => `${description ?? ""} ${format ?? ""}`)]
    .join(" ")
    .toLowerCase();
