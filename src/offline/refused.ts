import * as z from "zod";

/** A request that is not answered, as OpenAI words it: what is wrong, where, and a code. */
export class RefusedRequest extends Error {
  readonly code: string | null;
  readonly param: string | null;
  readonly status: 400 | 404;

  constructor(message: string, code: string | null, param: string | null, status: 400 | 404 = 400) {
    super(message);
    this.code = code;
    this.param = param;
    this.status = status;
  }
}

/** A parameter that this endpoint takes only with the values that change nothing. */
export function unsupported(why = "", usual: readonly unknown[] = []) {
  return z
    .unknown()
    .refine((value) => value === undefined || value === null || usual.includes(value), {
      params: { code: "unsupported_parameter", why },
    })
    .optional();
}

/**
 * A part of a message: one of `read`, which is text, or one of `known`, which only other models
 * read.
 */
export function partOf(read: readonly string[], known: readonly string[]) {
  const type = z.string().superRefine((value, context) => {
    if (read.includes(value)) return;
    const message = known.includes(value)
      ? `Invalid content type. ${value} is only supported by certain models; this one reads text.`
      : `Invalid value: '${value}'. Supported values are: ${listed(read)}.`;
    context.addIssue({ code: "custom", message, params: { code: "invalid_value" } });
  });
  return z
    .looseObject({ type, text: z.string().optional(), refusal: z.string().optional() })
    .refine(({ type, text, refusal }) => (type === "refusal" ? refusal : text) !== undefined, {
      params: { code: "missing_required_parameter" },
      path: ["text"],
    });
}

/** The first thing that is wrong with a body, as OpenAI words it. */
export function refusalOf({ issues }: z.ZodError): RefusedRequest {
  const issue = innermost(issues[0]!);
  const param = pathOf(issue.path) || null;
  const [message, code] = worded(issue, param ?? "body");
  return new RefusedRequest(message, code, param);
}

type Issue = z.core.$ZodIssue;

/** Of the ways in which none of several shapes fits, the one that got furthest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return issue;
  const [nearest] = issue.errors
    .flatMap(([first]) => (first ? [innermost(first)] : []))
    .sort(
      (one, other) =>
        other.path.length - one.path.length ||
        Number(one.code === "invalid_type") - Number(other.code === "invalid_type"),
    );
  return nearest ? { ...nearest, path: [...issue.path, ...nearest.path] } : issue;
}

function worded(issue: Issue, param: string): [message: string, code: string | null] {
  const got = issue.input;
  switch (issue.code) {
    case "invalid_type":
      if (got === undefined) return missing(param);
      return [
        `Invalid type for '${param}': expected ${withArticle(issue.expected)}, but got ${withArticle(typeOf(got))} instead.`,
        "invalid_type",
      ];
    case "too_big":
    case "too_small":
      return outOfRange(issue, param);
    case "invalid_value":
      if (got === undefined) return missing(param);
      return [
        `Invalid value: ${shown(got)}. Supported values are: ${listed(issue.values)}.`,
        "invalid_value",
      ];
    case "unrecognized_keys":
      return [`Unknown parameter: '${issue.keys[0]}'.`, "unknown_parameter"];
    case "custom":
      return ofOurs(issue, param);
    default:
      return [`Invalid value for '${param}': ${issue.message}.`, "invalid_value"];
  }
}

const missing = (param: string): [string, string] => [
  `Missing required parameter: '${param}'.`,
  "missing_required_parameter",
];

function ofOurs(issue: Extract<Issue, { code: "custom" }>, param: string): [string, string] {
  const { code = "invalid_value", why = "" } = (issue.params ?? {}) as Record<string, string>;
  if (code === "missing_required_parameter") return missing(param);
  if (code !== "unsupported_parameter") return [issue.message, code];
  const reason = why === "" ? "" : ` ${why}`;
  return [`Unsupported parameter: '${param}' is not supported with this model.${reason}`, code];
}

function outOfRange(
  issue: Extract<Issue, { code: "too_big" | "too_small" }>,
  param: string,
): [string, string] {
  const [isMore, bound] = issue.code === "too_big" ? [true, issue.maximum] : [false, issue.minimum];
  const got = issue.input;
  if (issue.origin === "array" || issue.origin === "string") {
    const count = (got as unknown[] | string | undefined)?.length ?? 0;
    if (count === 0)
      return [
        `Invalid '${param}': empty ${issue.origin}. Expected ${withArticle(issue.origin)} with minimum length ${bound}, but got an empty ${issue.origin} instead.`,
        `empty_${issue.origin}`,
      ];
    const [way, most] = isMore ? ["too long", "maximum"] : ["too short", "minimum"];
    return [
      `Invalid '${param}': ${issue.origin} ${way}. Expected ${withArticle(issue.origin)} with ${most} length ${bound}, but got ${withArticle(issue.origin)} with length ${count} instead.`,
      `${issue.origin}_${isMore ? "above_max" : "below_min"}_length`,
    ];
  }
  const kind = issue.origin === "int" || Number.isInteger(got) ? "integer" : "decimal";
  const [side, sign] = isMore ? ["above maximum", "<="] : ["below minimum", ">="];
  return [
    `Invalid '${param}': ${kind} ${side} value. Expected a value ${sign} ${bound}, but got ${shown(got)} instead.`,
    `${kind}_${isMore ? "above_max" : "below_min"}_value`,
  ];
}

const pathOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (all, key) =>
      typeof key === "number" ? `${all}[${key}]` : `${all}${all && "."}${String(key)}`,
    "",
  );

/** "'a', 'b', and 'c'", as OpenAI lists values. */
export const listed = (values: readonly unknown[]) => {
  const all = values.map((value) => `'${String(value)}'`);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")}, and ${all.at(-1)}`;
};

const shown = (value: unknown) =>
  typeof value === "string"
    ? `'${value.slice(0, 100)}'`
    : String(JSON.stringify(value)).slice(0, 100);

const typeOf = (value: unknown) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

const NAMES: Record<string, string> = {
  number: "a decimal",
  int: "an integer",
  null: "null",
  record: "an object",
};

const withArticle = (type: string) => NAMES[type] ?? `${/^[aeio]/.test(type) ? "an" : "a"} ${type}`;
