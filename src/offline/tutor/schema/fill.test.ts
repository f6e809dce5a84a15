import { Validator } from "@cfworker/json-schema";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import type { JsonSchema } from "../../protocol.ts";
import { fillSchema } from "./fill.ts";
import type { Told } from "./told.ts";

const told = (question: string, ...before: string[]): Told => ({
  question,
  before: before.reverse(),
  all: [...before, question].join("\n"),
});
const schemaOf = (shape: z.ZodType) => z.toJSONSchema(shape) as JsonSchema;

describe("takes what the conversation tells", () => {
  test.each<[string, z.ZodType, string | string[], unknown]>([
    [
      "a name, an age",
      z.object({ name: z.string(), age: z.number() }),
      "Ada is 36 years old.",
      { name: "Ada", age: 36 },
    ],
    [
      "nested objects",
      z.object({ person: z.object({ name: z.string(), home: z.object({ city: z.string() }) }) }),
      "My name is Ada and I live in Lisbon.",
      { person: { name: "Ada", home: { city: "Lisbon" } } },
    ],
    [
      "a list of objects",
      z.object({ people: z.array(z.object({ name: z.string(), age: z.number() })) }),
      "Ada is 36, Bob is 41 and Cleo is 7.",
      {
        people: [
          { name: "Ada", age: 36 },
          { name: "Bob", age: 41 },
          { name: "Cleo", age: 7 },
        ],
      },
    ],
    [
      "choices, one and several",
      z.object({
        size: z.enum(["small", "large"]),
        toppings: z.array(z.enum(["ham", "olives", "corn"])),
      }),
      "A large pizza with olives and ham, please.",
      { size: "large", toppings: ["ham", "olives"] },
    ],
    [
      "numbers in their order",
      z.object({ a: z.int(), b: z.int() }),
      "What is 3 * 12?",
      { a: 3, b: 12 },
    ],
    [
      "numbers of a list",
      z.object({ values: z.array(z.number()) }),
      "Sort 3, 1.5 and -2.",
      { values: [3, 1.5, -2] },
    ],
    [
      "what the text denies",
      z.object({ is_urgent: z.boolean().describe("whether it is urgent") }),
      "This is not urgent.",
      { is_urgent: false },
    ],
    [
      "what it affirms",
      z.object({ is_urgent: z.boolean() }),
      "The repair is urgent!",
      { is_urgent: true },
    ],
    [
      "labels",
      z.object({ title: z.string(), budget: z.number() }),
      "title: Dune\nbudget: 1,200 euros",
      { title: "Dune", budget: 1200 },
    ],
    [
      "an address of the net, a date",
      z.object({ email: z.email(), date: z.iso.date() }),
      "Write to ada@example.org by 2026-03-01.",
      { email: "ada@example.org", date: "2026-03-01" },
    ],
    [
      "null for what may be missing",
      z.object({ city: z.string().nullable(), when: z.string().nullable() }),
      "I fly to Rome.",
      { city: "Rome", when: null },
    ],
    [
      "one branch of several",
      z.object({
        shape: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("circle"), radius: z.number() }),
          z.object({ kind: z.literal("square"), side: z.number() }),
        ]),
      }),
      "Draw a square with a side of 4.",
      { shape: { kind: "square", side: 4 } },
    ],
    [
      "what was said before",
      z.object({ city: z.string() }),
      ["I live in Oslo.", "Book it for me, please."],
      { city: "Oslo" },
    ],
  ])("%s", (_name, shape, said, expected) => {
    const lines = [said].flat();
    const { value } = fillSchema(schemaOf(shape), told(lines.at(-1)!, ...lines.slice(0, -1)));
    expect(value).toEqual(expected);
  });
});

describe("is valid where nothing is told", () => {
  const node: JsonSchema = {
    $ref: "#/$defs/node",
    $defs: {
      node: {
        type: "object",
        properties: {
          value: { type: "integer" },
          next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] },
          children: { type: "array", items: { $ref: "#/$defs/node" } },
        },
        required: ["value", "next", "children"],
        additionalProperties: false,
      },
    },
  };
  test.each<[string, JsonSchema]>([
    ["bounds", { type: "integer", minimum: 5, exclusiveMaximum: 7 }],
    ["multiples", { type: "number", exclusiveMinimum: 10, multipleOf: 2.5 }],
    ["a length", { type: "string", minLength: 30, maxLength: 40 }],
    ["a format", { type: "string", format: "uuid" }],
    ["a pattern", { type: "string", pattern: "^[A-Z]{3}-\\d{4}(?:/[a-f]+)?$" }],
    ["a list of a length", { type: "array", items: { type: "boolean" }, minItems: 3, maxItems: 4 }],
    [
      "a list without twins",
      { type: "array", items: { type: "string" }, minItems: 3, uniqueItems: true },
    ],
    [
      "a tuple",
      { type: "array", prefixItems: [{ type: "string" }, { type: "number" }], minItems: 2 },
    ],
    ["itself", node],
    [
      "all of",
      {
        allOf: [
          { properties: { a: { const: 1 } }, required: ["a"] },
          { properties: { b: { type: "null" } }, required: ["b"] },
        ],
      },
    ],
    [
      "any values",
      { type: "object", properties: { x: {} }, required: ["x", "y"], minProperties: 4 },
    ],
    ["types in a list", { type: ["integer", "null"], minimum: 3 }],
    [
      "names that are keywords",
      {
        type: "object",
        properties: {
          pattern: { type: "number" },
          $ref: { type: "string" },
          __proto__x: { type: "string" },
          toString: { type: "string" },
        },
      },
    ],
    ["a record", { type: "object", additionalProperties: { type: "number" }, minProperties: 2 }],
    ["choices of numbers", { enum: [3, 4, null] }],
  ])("%s", (_name, schema) => {
    for (const said of ["", "Hello there!", "In 2026 Ada went to Rome with 40 friends."]) {
      const { value } = fillSchema(schema, told(said));
      const { errors } = new Validator(schema as object, "2020-12").validate(value);
      expect(errors).toEqual([]);
    }
  });
});

test.each<[string, JsonSchema, RegExp]>([
  ["no value fits", { type: "integer", minimum: 5, maximum: 4 }, /cannot write a value/],
  ["a reference leads nowhere", { $ref: "#/$defs/none" }, /leads nowhere/],
  [
    "it contains itself without end",
    { type: "object", properties: { a: { $ref: "#" } }, required: ["a"] },
    /without end/,
  ],
  ["it grows beyond all bounds", doubling(30), /more than 5000 values/],
  ["a pattern cannot be met in time", { type: "string", pattern: "^(a+)+b$" }, /too long to try/],
])("a schema is refused where %s", (_name, schema, words) => {
  expect(() => fillSchema(schema, told("a".repeat(40)))).toThrow(words);
});

/** Each level holds the next one twice. */
function doubling(levels: number): JsonSchema {
  const $defs = Object.fromEntries(
    Array.from({ length: levels }, (_, at) => {
      const next = at + 1 < levels ? { $ref: `#/$defs/d${at + 1}` } : { type: "string" };
      return [`d${at}`, { type: "object", properties: { l: next, r: next }, required: ["l", "r"] }];
    }),
  );
  return { $ref: "#/$defs/d0", $defs };
}

test("a pattern that no text of ours matches is refused", () => {
  const schema = { type: "string", pattern: "^(?=x)y$" };
  expect(() => fillSchema(schema, told("Hello"))).toThrow(/finds no text/);
});

test("any schema of the usual kind gets a valid value", () => {
  const random = seeded(7);
  for (let count = 0; count < 300; count++) {
    const schema = { type: "object", ...randomObject(random, 3) };
    const { value } = fillSchema(
      schema,
      told("In 2026 Ada, who is 36, went to Rome; it was great."),
    );
    const { errors } = new Validator(schema as object, "2020-12").validate(value);
    expect([JSON.stringify(schema), errors]).toEqual([JSON.stringify(schema), []]);
  }
});

type Random = (below: number) => number;

function seeded(start: number): Random {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomObject(random: Random, depth: number): JsonSchema {
  const names = ["name", "city", "age", "items", "note", "is_open", "answer", "b"].slice(random(8));
  const properties = Object.fromEntries(
    names.map((name) => [name, randomSchema(random, depth - 1)]),
  );
  return {
    type: "object",
    properties,
    required: names.filter(() => random(2) > 0),
    additionalProperties: false,
  };
}

function randomSchema(random: Random, depth: number): JsonSchema {
  const minimum = random(100) - 50;
  const leaves: JsonSchema[] = [
    { type: "string" },
    { type: "string", description: "what the text says of Rome" },
    { type: "string", minLength: random(5), maxLength: 5 + random(50) },
    { type: "integer", minimum, maximum: minimum + random(10) },
    { type: "number", exclusiveMinimum: minimum },
    { type: "boolean" },
    { enum: ["a", 2, null, true].slice(random(4)) },
    { const: random(9) },
  ];
  if (depth <= 0 || random(3) === 0) return leaves[random(leaves.length)]!;
  const parts = [randomSchema(random, depth - 1), { type: "null" }];
  const minItems = random(3);
  return [
    randomObject(random, depth),
    {
      type: "array",
      items: randomSchema(random, depth - 1),
      minItems,
      maxItems: minItems + random(3),
    },
    { anyOf: parts },
    { type: ["string", "integer"] },
  ][random(4)]!;
}
