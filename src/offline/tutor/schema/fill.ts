import type { JsonSchema } from "../../protocol.ts";
import { extract } from "../knowledge/extract-field.ts";
import {
  booleanOf,
  choose,
  type Filled,
  fieldWords,
  isSpoken,
  spaced,
  stringOf,
  untold,
  within,
} from "./leaves.ts";
import { PatternTester } from "./pattern.ts";
import { checkValue, fits, isObject, refusal, resolved, type Shape } from "./shape.ts";
import { LIST_PARTS, spokenTexts, withoutCodes } from "./spoken.ts";
import { numberBeside, SpokenNumbers } from "./spoken-numbers.ts";
import { findTold, labelled, numbersIn, ofKind, some, type Told } from "./told.ts";

/**
 * A value that is valid by a JSON schema, with the values that the conversation gives. What is not
 * told is left out where it may be; else it is null, empty, zero, or the first choice.
 *
 * @throws RefusedRequest where no valid value is found
 */
export function fillSchema(schema: JsonSchema, told: Told): Filled {
  const filler = new Filler(schema, told);
  const rootType = resolved(schema, schema).type;
  const whole =
    rootType === undefined && !hasChoices(schema) ? { type: "object", ...schema } : schema;
  const filled = filler.fill(whole as Shape, "", 0);
  checkValue(schema, filled.value);
  return filled;
}

const hasChoices = ({ anyOf, oneOf, const: fixed, enum: values, items }: Shape) =>
  [anyOf, oneOf, fixed, values, items].some((one) => one !== undefined);

/** A list that a person writes is no longer. */
const LONGEST_LIST = 20_000;
/** Where one thing that is told ends and the next begins. */
const PARTS = /(?<=[.;!?\n])\s|;|,? and (?=[\p{Lu}\d])|, (?=[\p{Lu}\d])/u;

/** Schemas may refer to themselves: below this, only what must be there is written. */
const DEEP = 6;
const DEEPEST = 40;
const MOST_VALUES = 5000;

class Filler {
  readonly #root: JsonSchema;
  readonly #told: Told;
  readonly #tester = new PatternTester();
  #count = 0;
  #numbersTaken = 0;
  readonly #numbers = new SpokenNumbers();

  constructor(root: JsonSchema, told: Told) {
    this.#root = root;
    this.#told = told;
  }

  fill(given: unknown, name: string, depth: number, told = this.#told): Filled {
    if (++this.#count > MOST_VALUES) throw refusal(`it has more than ${MOST_VALUES} values`);
    if (depth > DEEPEST) throw refusal("it contains itself without end");
    const shape = resolved(given, this.#root);
    if (shape.const !== undefined) return untold(shape.const);
    if (Array.isArray(shape.enum)) return choose(shape.enum, told);
    const branches = shape.anyOf ?? shape.oneOf;
    if (Array.isArray(branches)) return this.#branch(shape, branches, name, depth, told);
    if (Array.isArray(shape.type) || shape.nullable) {
      const types = [...[shape.type ?? typeOf(shape)].flat(), ...(shape.nullable ? ["null"] : [])];
      const { nullable: _, ...one } = shape;
      return this.#branch(
        {},
        types.map((type) => ({ ...one, type })),
        name,
        depth,
        told,
      );
    }
    switch (typeOf(shape)) {
      case "object":
        return this.#object(shape, depth, told);
      case "array":
        return this.#array(shape, name, depth, told);
      case "number":
      case "integer":
        return this.#number(shape, name, told);
      case "boolean":
        return booleanOf(shape, name, told);
      case "null":
        return untold(null);
      default:
        return stringOf(shape, name, told, this.#tester, depth === 1);
    }
  }

  /** The branch that the text speaks of, or the first of which something is told, or null. */
  #branch(
    shape: Shape,
    branches: readonly unknown[],
    name: string,
    depth: number,
    told: Told,
  ): Filled {
    const { anyOf: _, oneOf: __, ...common } = shape;
    const whole = branches.map((branch) => ({ ...common, ...resolved(branch, this.#root) }));
    const spoken = whole.find((branch) =>
      tagsOf(branch, this.#root).some((tag) => isSpoken(tag, told)),
    );
    if (spoken) return { ...this.fill(spoken, name, depth + 1, told), isTold: true };
    const none = whole.find(({ type }) => type === "null");
    if (none && depth > DEEP) return untold(null);
    let first: Filled | undefined;
    for (const branch of whole.filter((one) => one !== none)) {
      const filled = this.fill(branch, name, depth + 1, told);
      if (filled.isTold) return filled;
      first ??= filled;
    }
    return none ? untold(null) : (first ?? untold(null));
  }

  #object(shape: Shape, depth: number, told: Told): Filled {
    const properties = Object.entries(isObject(shape.properties) ? shape.properties : {});
    // Where nothing is said to be required, all is meant.
    const required = new Set(
      shape.required ?? (depth > DEEP ? [] : properties.map(([name]) => name)),
    );
    const value: Record<string, unknown> = {};
    if (told.call) return this.#arguments(properties, required, depth, told);
    let isTold = false;
    for (const [name, part] of properties) {
      if (!required.has(name) && depth > DEEP) continue;
      const filled = this.fill(part, name, depth + 1, told);
      if (filled.isTold) isTold = true;
      if (filled.isTold || required.has(name)) put(value, name, filled.value);
    }
    const more = isObject(shape.additionalProperties) ? shape.additionalProperties : {};
    const missing = [...required].filter((name) => !Object.hasOwn(value, name));
    for (let at = 1; Object.keys(value).length + missing.length < (shape.minProperties ?? 0); at++)
      missing.push(`key${at}`);
    for (const name of missing) put(value, name, this.fill(more, name, depth + 1, told).value);
    return { value, isTold };
  }

  /**
   * Arguments of a call, or of an object in one: told where all are told that must be there. A
   * number that stands beside an argument's own words is that argument's, so those come first.
   */
  #arguments(
    properties: [string, unknown][],
    required: ReadonlySet<string>,
    depth: number,
    told: Told,
  ): Filled {
    const filled = new Map<string, Filled>();
    const fill = (name: string, part: unknown) => {
      const isNeeded = required.has(name);
      const call = { ...told.call!, isNeeded };
      filled.set(name, this.fill(part, name, depth + 1, { ...told, call }));
    };
    const isBeside = ([name, part]: [string, unknown]) =>
      numberBeside(resolved(part, this.#root), name, told.question) !== undefined;
    for (const property of properties.toSorted(
      (one, other) => Number(isBeside(other)) - Number(isBeside(one)),
    ))
      fill(...property);
    const value: Record<string, unknown> = {};
    for (const [name, part] of properties) {
      const one = filled.get(name)!;
      // Who asks for something says yes where it is meant; what is not said is no.
      const isKnown = one.isTold || resolved(part, this.#root).type === "boolean";
      if (one.isTold || required.has(name)) put(value, name, one.value);
      filled.set(name, { ...one, isTold: isKnown });
    }
    const needed = [...required].map((name) => filled.get(name)?.isTold === true);
    const isAny = Object.keys(value).length > 0;
    return { value, isTold: needed.length > 0 ? needed.every(Boolean) : isAny };
  }

  #array(shape: Shape, name: string, depth: number, told: Told): Filled {
    const most = Math.min(shape.maxItems ?? 100, 100);
    const least = Math.min(shape.minItems ?? 0, MOST_VALUES);
    const tuple = Array.isArray(shape.prefixItems) ? shape.prefixItems : [];
    const inTuple = tuple.map((part) => this.fill(part, name, depth + 1, told));
    const items = isObject(shape.items) ? resolved(shape.items, this.#root) : {};
    const rest =
      depth > DEEP || shape.items === false || tuple.length > 0
        ? []
        : this.#items(shape, items, name, depth, told);
    const value = [...inTuple.map((one) => one.value), ...rest].slice(0, most);
    const isTold = rest.length > 0 || inTuple.some((one) => one.isTold);
    for (let at = value.length; at < least; at++) {
      const one = this.fill(items, name, depth + 1, { ...told, question: "" }).value;
      value.push(shape.uniqueItems ? differing(items, one, at) : one);
    }
    return { value, isTold };
  }

  /**
   * The items that the text tells: all choices that it names, all its numbers, an object for each
   * of its parts.
   */
  #items(shape: Shape, items: Shape, name: string, depth: number, told: Told): unknown[] {
    const words = fieldWords(name, shape, items);
    if (Array.isArray(items.enum)) return items.enum.filter((value) => isSpoken(value, told));
    switch (typeOf(items)) {
      case "number":
      case "integer":
        return numbersIn(told.call ? withoutCodes(told.question) : told.question).filter((value) =>
          fits(items, value),
        );
      case "object": {
        const parts = told.question.slice(0, LONGEST_LIST).split(told.call ? LIST_PARTS : PARTS);
        return parts.slice(0, 50).flatMap((question) => {
          this.#numbersTaken = 0;
          const filled = this.fill(items, name, depth + 1, { ...told, question, before: [] });
          return filled.isTold ? [filled.value] : [];
        });
      }
      case "string": {
        const { call } = told;
        const spoken =
          call &&
          findTold(told, (text) => some(spokenTexts(spaced(name), words, text, call, false)));
        const all = findTold(told, (text) => some(ofKind(words, text))) ?? spoken;
        if (all) return all.filter((value) => fits(items, value));
        const { description } = shape;
        if (description !== undefined && !call)
          return extract(told.question, { type: "array", description }) as unknown[];
        return labelled(spaced(name), told.question)?.split(/,\s*| and /) ?? [];
      }
      default:
        return [];
    }
  }

  #number(shape: Shape, name: string, told: Told): Filled {
    const { description } = shape;
    const words = spaced(name);
    if (told.call) return this.#numbers.argument(shape, name, told);
    const near = findTold(told, (text) => {
      const label = labelled(words, text);
      const [value] = label === undefined ? [] : numbersIn(label);
      if (value !== undefined) return value;
      const found = extract(text, { type: "number", description: `${words} ${description ?? ""}` });
      return found === -1 ? undefined : (found as number);
    });
    const asReply = /^(?:answer|result|solution|total|sum)$/i.test(words) ? told.reply : undefined;
    const value =
      (asReply === undefined ? undefined : numbersIn(asReply).at(-1)) ??
      near ??
      this.#next(words, description, told);
    if (value !== undefined) {
      this.#numbersTaken++;
      return { value: within(shape, value), isTold: true };
    }
    return untold(within(shape, /-1\b/.test(description ?? "") ? -1 : 0));
  }

  /**
   * The next number of the question, for a field that is one of several alike, or the only number
   * there is.
   */
  #next(words: string, description: string | undefined, told: Told): number | undefined {
    if (/-1\b|not found|unknown/i.test(description ?? "")) return undefined;
    const numbers = numbersIn(told.question);
    const isOperand =
      /^(?:[a-z]\d?|(?:num(?:ber)?|operand|value|arg|addend|first|second|left|right)s? ?(?:\d|one|two|[a-z])?|count|quantity|amount)$/i;
    const isAlike =
      isOperand.test(words) || /\b(?:first|second|third|number|operand)\b/i.test(description ?? "");
    return isAlike || numbers.length === 1 ? numbers[this.#numbersTaken] : undefined;
  }
}

/** As an own property, whatever its name. */
const put = (object: object, name: string, value: unknown) =>
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });

function typeOf(shape: Shape): string {
  if (typeof shape.type === "string") return shape.type;
  if (shape.properties || shape.additionalProperties) return "object";
  if (shape.items || shape.prefixItems) return "array";
  return "string";
}

/** The fixed values by which one branch of a choice is told from another. */
function tagsOf(shape: Shape, root: JsonSchema): unknown[] {
  const parts = isObject(shape.properties) ? Object.values(shape.properties) : [];
  return [shape, ...parts.map((part) => resolved(part, root))].flatMap((part) =>
    part.const === undefined ? [] : [part.const],
  );
}

/** Another value that fits, for lists whose items must differ. */
function differing(shape: Shape, value: unknown, at: number): unknown {
  const other =
    typeof value === "number" ? value + at : typeof value === "string" ? `${value}${at}` : value;
  return fits(shape, other) ? other : value;
}
