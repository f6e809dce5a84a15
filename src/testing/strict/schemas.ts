import { isFields } from "../../model/told.ts";
import { RefusedRequest } from "../../offline/refused.ts";

type Fields = Record<string, unknown>;
/** The way to a part of a schema: ["properties", "tags", "items"]. */
type Way = readonly string[];

/** Why a schema of a request is refused: those of tools, and the one that the reply must have. */
export function refusedSchema(body: Fields, isChat: boolean): RefusedRequest | undefined {
  const tools = Array.isArray(body.tools) ? body.tools.filter(isFields) : [];
  for (const [at, tool] of tools.entries()) {
    const called = isChat ? tool.function : tool;
    if (!isFields(called) || tool.type !== "function") continue;
    const problem = problemInTool(called);
    if (problem === undefined) continue;
    const place = `tools[${at}]${isChat ? ".function" : ""}.parameters`;
    const message = `Invalid schema for function '${called.name}': ${problem}`;
    return new RefusedRequest(message, "invalid_function_parameters", place);
  }
  return isChat ? refusedFormat(body.response_format) : refusedText(body.text);
}

function refusedFormat(format: unknown): RefusedRequest | undefined {
  if (!isFields(format) || !isFields(format.json_schema)) return undefined;
  const { name, schema, strict } = format.json_schema;
  const problem = strict === true && isFields(schema) ? problemIn(schema) : undefined;
  if (problem === undefined) return undefined;
  const message = `Invalid schema for response_format '${name}': ${problem}`;
  return new RefusedRequest(message, null, "response_format");
}

function refusedText(text: unknown): RefusedRequest | undefined {
  const format = isFields(text) && isFields(text.format) ? text.format : {};
  const { type, name, schema, strict } = format;
  const isHeld = type === "json_schema" && strict === true && isFields(schema);
  const problem = isHeld ? problemIn(schema) : undefined;
  if (problem === undefined) return undefined;
  const message = `Invalid schema for response_format '${name}': ${problem}`;
  return new RefusedRequest(message, "invalid_json_schema", "text.format.schema");
}

function problemInTool({ parameters, strict }: Fields): string | undefined {
  if (!isFields(parameters)) return undefined;
  const atTop = ["oneOf", "anyOf", "allOf", "enum", "not"].some((key) => key in parameters);
  if (parameters.type === "object" && atTop)
    return "schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.";
  const problem = problemOfRoot(parameters);
  if (problem !== undefined) return problem;
  if (strict === true) return problemIn(parameters);
  return isFields(parameters.properties)
    ? firstProblem(parameters, [], loosely)
    : "In context=(), object schema missing properties.";
}

function problemOfRoot({ type }: Fields): string | undefined {
  if (type === "object") return undefined;
  const got = type === undefined ? "null" : JSON.stringify(type);
  return `schema must be a JSON Schema of 'type: "object"', got 'type: ${got}'.`;
}

/** What is wrong with a strict schema. */
function problemIn(schema: Fields): string | undefined {
  const deep = depthOf(schema);
  if (deep > MOST_LEVELS) return `${deep} levels of nesting exceeds limit of ${MOST_LEVELS}.`;
  return problemOfRoot(schema) ?? firstProblem(schema, [], strictly);
}

/** As OpenAI's page on structured outputs has it in November 2026. */
const MOST_LEVELS = 10;
const NOT_PERMITTED = [
  "allOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependentRequired",
  "dependentSchemas",
  "patternProperties",
  "propertyNames",
];

function loosely({ type, items }: Fields): string | undefined {
  const isArray = [type].flat().includes("array");
  return isArray && !isFields(items) ? "array schema missing items." : undefined;
}

function strictly(schema: Fields): string | undefined {
  const refused = NOT_PERMITTED.find((key) => key in schema);
  if (refused) return `'${refused}' is not permitted.`;
  if (!["type", "$ref", "anyOf", "enum", "const"].some((key) => key in schema))
    return "schema must have a 'type' key.";
  if (![schema.type].flat().includes("object")) return loosely(schema);
  if (schema.additionalProperties !== false)
    return "'additionalProperties' is required to be supplied and to be false.";
  const keys = Object.keys(isFields(schema.properties) ? schema.properties : {});
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const every =
    "'required' is required to be supplied and to be an array including every key in properties.";
  const missing = keys.find((key) => !required.includes(key));
  if (missing !== undefined) return `${every} Missing '${missing}'.`;
  const extra = required.find((key) => !keys.includes(String(key)));
  return extra === undefined ? undefined : `${every} Extra required key '${extra}' supplied.`;
}

type Rule = (schema: Fields) => string | undefined;

function firstProblem(schema: Fields, way: Way, rule: Rule): string | undefined {
  const own = rule(schema);
  if (own !== undefined) return `In context=${shown(way)}, ${own}`;
  for (const [inner, steps] of partsOf(schema)) {
    const problem = firstProblem(inner, [...way, ...steps], rule);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The schemas right in a schema, with the way to each. */
function partsOf(schema: Fields): [Fields, Way][] {
  const named = ["properties", "$defs", "definitions"].flatMap((key): [unknown, Way][] =>
    Object.entries(isFields(schema[key]) ? schema[key] : {}).map(([name, one]) => [
      one,
      [key, name],
    ]),
  );
  const listed = ["anyOf", "oneOf", "allOf"].flatMap((key): [unknown, Way][] =>
    (Array.isArray(schema[key]) ? schema[key] : []).map((one, at) => [one, [key, String(at)]]),
  );
  const all: [unknown, Way][] = [...named, [schema.items, ["items"]], ...listed];
  return all.filter((part): part is [Fields, Way] => isFields(part[0]));
}

/** How deep objects and lists stand in each other; a reference counts where it is defined. */
function depthOf(schema: Fields): number {
  const deepest = Math.max(0, ...partsOf(schema).map(([inner]) => depthOf(inner)));
  return deepest + ([schema.type].flat().includes("object") ? 1 : 0);
}

/** As Python writes a tuple. */
function shown(way: Way): string {
  const steps = way.map((step) => `'${step}'`);
  return steps.length === 1 ? `(${steps[0]},)` : `(${steps.join(", ")})`;
}
