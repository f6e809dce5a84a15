import { LabError } from "../errors.ts";
import { formatValue } from "../format.ts";
import { suggest } from "../suggest.ts";
import type { ParamInfo, ParamValue } from "../trace/events.ts";

/** A knob of a section: its default, what it takes, and one line of help. */
export interface ParamSpec<T extends ParamValue = ParamValue> {
  kind: ParamInfo["kind"];
  default: T;
  help: string;
  /** what it takes, in words, for help and error messages */
  range: string;
  /** all that it takes, where that is a list */
  choices?: readonly string[];
  /** The value for what a person typed; undefined if it is none. */
  parse(text: string): T | undefined;
}

export type ParamSpecs = Record<string, ParamSpec>;
export type ValuesOf<Specs> = {
  [Name in keyof Specs]: Specs[Name] extends ParamSpec<infer T> ? T : never;
};

export function integer(of: { default: number; min: number; max: number; help: string }) {
  return numeric({
    ...of,
    kind: "integer",
    pattern: /^[+-]?\d+$/,
    range: `a whole number from ${of.min} to ${of.max}`,
  });
}

export function number(of: { default: number; min: number; max: number; help: string }) {
  return numeric({
    ...of,
    kind: "number",
    pattern: /^[+-]?(\d+\.?\d*|\.\d+)$/,
    range: `a number from ${of.min} to ${of.max}`,
  });
}

/** A text; one whose default is empty may be empty. */
export function text(of: { default: string; maxLength?: number; help: string }): ParamSpec<string> {
  const maxLength = of.maxLength ?? 2000;
  const least = of.default === "" ? 0 : 1;
  return {
    kind: "text",
    default: of.default,
    help: of.help,
    range: `a text of ${least === 0 ? "up to" : "1 to"} ${maxLength} characters`,
    parse: (typed) =>
      typed.trim().length >= least && typed.length <= maxLength ? typed : undefined,
  };
}

export function choice<const T extends string>(of: {
  default: NoInfer<T>;
  choices: readonly T[];
  help: string;
}): ParamSpec<T> {
  return {
    kind: "choice",
    default: of.default,
    help: of.help,
    range: `one of ${of.choices.join(", ")}`,
    choices: of.choices,
    parse: (typed) => of.choices.find((choice) => choice === typed.trim()),
  };
}

/** A switch; it takes the words that people use for one. */
export function flag(of: { default: boolean; help: string }): ParamSpec<boolean> {
  return {
    kind: "flag",
    default: of.default,
    help: of.help,
    range: FLAG_WORDS.join(" or "),
    choices: FLAG_WORDS,
    parse(typed) {
      const word = typed.trim().toLowerCase();
      if (["yes", "true", "on", "1"].includes(word)) return true;
      return ["no", "false", "off", "0"].includes(word) ? false : undefined;
    },
  };
}

/** The words of a switch, as they are shown and offered. */
export const FLAG_WORDS = ["yes", "no"];

function numeric(of: {
  kind: "integer" | "number";
  default: number;
  min: number;
  max: number;
  help: string;
  pattern: RegExp;
  range: string;
}): ParamSpec<number> {
  return {
    kind: of.kind,
    default: of.default,
    help: of.help,
    range: of.range,
    parse(typed) {
      const value = Number(typed);
      return of.pattern.test(typed.trim()) && value >= of.min && value <= of.max
        ? value
        : undefined;
    },
  };
}

/** The values of a section's params: its defaults, less what the learner set. */
export function valuesOf(
  specs: ParamSpecs,
  set: Record<string, ParamValue>,
): Record<string, ParamValue> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, set[name] ?? spec.default]),
  );
}

/** Those of the values that params of these names take. */
export function heldBy(
  specs: ParamSpecs,
  values: Record<string, ParamValue>,
): Record<string, ParamValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const held = Object.hasOwn(specs, name) ? specs[name]?.parse(formatValue(value)) : undefined;
      return held === undefined ? [] : [[name, held]];
    }),
  );
}

export function describeParams(specs: ParamSpecs, values: Record<string, ParamValue>): ParamInfo[] {
  return Object.entries(specs).map(([name, spec]) => ({
    name,
    kind: spec.kind,
    value: values[name] ?? spec.default,
    default: spec.default,
    help: spec.help,
    range: spec.range,
  }));
}

/** The params of a section or memory, as `--params` prints them. */
export function paramList(title: string, params: ParamInfo[]): string {
  if (params.length === 0) return `${title}\n    no params\n`;
  const blocks = params.map(
    ({ name, help, range, ...param }) =>
      `    ${name}=${formatValue(param.default)}\n        ${help}; ${range}\n`,
  );
  return `${title}\n${blocks.join("")}`;
}

/**
 * The params that a step's code reads: `params.k`, `{ k } = params`, or all where `params` is
 * passed on.
 */
export function paramsRead(
  code: string,
  values: Record<string, ParamValue>,
): Record<string, ParamValue> {
  const taken = /\{([^{}]*)\}\s*=\s*params\b(?!\.)/g;
  const names = [...code.matchAll(taken)].flatMap(([, inside = ""]) =>
    inside.split(",").map((part) => part.split(":")[0]?.trim()),
  );
  // Where `params` is taken out of something else, it is only named.
  const rest = code.replaceAll(taken, "").replace(/\{[^{}]*\}\s*=\s*\w+;/g, "");
  names.push(...[...rest.matchAll(/\bparams\.(\w+)/g)].map(([, name]) => name));
  if (/\bparams\b(?!\.\w)/.test(rest)) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

/** Checks one value; throws a LabError that says what the param takes. */
export function parseParam(specs: ParamSpecs, name: string, typed: string): ParamValue {
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (!spec) {
    const names = Object.keys(specs);
    throw new LabError(
      `There is no param called "${name}" here`,
      names.length === 0
        ? "This part has no params."
        : `${suggest(name, names)}The params are ${names.join(", ")}.`,
      2,
    );
  }
  const value = spec.parse(typed);
  if (value === undefined) {
    throw new LabError(
      `"${typed}" is not a valid value for ${name}`,
      `${name} takes ${spec.range}, for example ${name}=${formatValue(spec.default)}.`,
      2,
    );
  }
  return value;
}

/** Splits `name=value` as typed after --set. */
export function splitSetting(typed: string): [name: string, value: string] {
  const at = typed.indexOf("=");
  if (at < 1) {
    throw new LabError(
      `"${typed}" sets nothing`,
      "Write --set name=value, for example --set k=2.",
      2,
    );
  }
  return [typed.slice(0, at).trim(), typed.slice(at + 1)];
}
