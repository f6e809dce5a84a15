import { type Schema as CheckedSchema, Validator } from "@cfworker/json-schema";
import type { JsonSchema } from "../../protocol.ts";
import { RefusedRequest } from "../../refused.ts";

/** A JSON schema, with the keywords that are read here. */
export interface Shape {
  $ref?: string;
  type?: string | readonly string[];
  title?: string;
  description?: string;
  const?: unknown;
  enum?: readonly unknown[];
  default?: unknown;
  anyOf?: readonly Shape[];
  oneOf?: readonly Shape[];
  allOf?: readonly Shape[];
  properties?: Readonly<Record<string, Shape>>;
  required?: readonly string[];
  additionalProperties?: boolean | Shape;
  minProperties?: number;
  items?: Shape | boolean;
  prefixItems?: readonly Shape[];
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  nullable?: boolean;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A part of a schema with its references followed and its parts for "all of" joined. */
export function resolved(given: unknown, root: JsonSchema): Shape {
  let shape: Shape = isObject(given) ? given : {};
  for (let steps = 0; shape.$ref !== undefined || shape.allOf; steps++) {
    if (steps > 50) throw refusal("a reference leads back to itself");
    const { $ref, allOf, ...own } = shape;
    const parts = [
      ...($ref === undefined ? [] : [referred($ref, root)]),
      ...(Array.isArray(allOf) ? allOf.filter(isObject) : []),
    ];
    shape = parts.reduce<Shape>((all, part) => merged(part, all), own);
  }
  return shape;
}

function merged(one: Shape, over: Shape): Shape {
  return {
    ...one,
    ...over,
    ...((one.properties || over.properties) && {
      properties: { ...one.properties, ...over.properties },
    }),
    ...((one.required || over.required) && {
      required: [...(one.required ?? []), ...(over.required ?? [])],
    }),
  };
}

function referred(reference: string, root: JsonSchema): Shape {
  const steps = reference.split("/").slice(1);
  let found: unknown = reference.startsWith("#") ? root : undefined;
  for (const step of steps) {
    const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  if (!isObject(found)) throw refusal(`the reference '${reference.slice(0, 100)}' leads nowhere`);
  return found;
}

/** Makes sure that a value is valid by a schema. @throws RefusedRequest where it is not */
export function checkValue(schema: JsonSchema, value: unknown): void {
  const checked = withoutPatterns(schema) as CheckedSchema;
  let wrong: string | undefined;
  try {
    const { valid, errors } = new Validator(checked, "2020-12").validate(value);
    if (valid) return;
    wrong = errors.at(-1)?.error;
  } catch (error) {
    wrong = error instanceof Error ? error.message.split("\n")[0] : undefined;
  }
  throw refusal(wrong ?? "no value fits it");
}

/** Whether a value of no parts fits what a schema says of it, patterns aside. */
export function fits(shape: Shape, value: unknown): boolean {
  const { pattern: _, ...checked } = shape;
  try {
    return new Validator(checked as CheckedSchema, "2020-12").validate(value).valid;
  } catch {
    return false;
  }
}

export function refusal(why: string): RefusedRequest {
  return new RefusedRequest(
    `Invalid schema: this endpoint cannot write a value for it, because ${why.replace(/\.$/, "")}.`,
    "invalid_schema",
    null,
  );
}

/** Maps of names to schemas: a name such as "pattern" is no keyword in them. */
const MAPS = new Set(["properties", "$defs", "definitions", "dependentSchemas"]);
/** Patterns are tried apart, with a limit of time; the names of a schema lead nowhere here. */
const LEFT_OUT = new Set(["pattern", "patternProperties", "propertyNames", "$id", "$schema", "id"]);
const VALUES = new Set(["const", "enum", "default", "examples"]);

function withoutPatterns(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutPatterns);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (LEFT_OUT.has(key)) return [];
      if (VALUES.has(key)) return [[key, value]];
      if (!MAPS.has(key) || !isObject(value)) return [[key, withoutPatterns(value)]];
      const parts = Object.entries(value).map(([name, part]) => [name, withoutPatterns(part)]);
      return [[key, Object.fromEntries(parts)]];
    }),
  );
}
