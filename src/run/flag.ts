import { LabError } from "../errors.ts";
import { formatValue } from "../format.ts";
import type { ParamSpec } from "../lesson/params.ts";
import type { ParamValue } from "../trace/events.ts";

/** A flag of the command line: how it is written, what it is for, and how its value is read. */
export interface Flag<T = unknown> {
  /** as commander takes it: "--k <number>", "--yes" */
  spec: string;
  help: string;
  default: T;
  /** Reads what was typed; `before` is the value of an earlier flag of the same name. */
  parse?(typed: string, before: T): T;
}

// biome-ignore lint/suspicious/noExplicitAny: a verb takes flags of every type
export type Flags = Record<string, Flag<any>>;
/** The values of flags, by the names that commander gives them. */
export type OptionsOf<F extends Flags> = {
  [Name in keyof F]: F[Name] extends Flag<infer T> ? T : never;
};

/** A flag that takes what a param takes, and has its default. */
export function flag<T extends ParamValue>(spec: string, param: ParamSpec<T>): Flag<T> {
  return { ...optional(spec, param), default: param.default } as Flag<T>;
}

/** A flag that takes what a param takes, and is undefined when it is left out. */
export function optional<T extends ParamValue>(
  spec: string,
  param: ParamSpec<T>,
): Flag<T | undefined> {
  const [name = spec] = spec.split(" ");
  return {
    spec,
    help: param.help,
    default: undefined,
    parse(typed) {
      const value = param.parse(typed);
      if (value !== undefined) return value;
      throw new LabError(
        `"${typed}" is not a valid value for ${name}`,
        `${name} takes ${param.range}, for example ${name} ${formatValue(param.default)}.`,
        2,
      );
    },
  };
}

/** A flag that takes any text, such as a path; without a default it may be undefined. */
export function word(spec: string, help: string): Flag<string | undefined>;
export function word(spec: string, help: string, usual: string): Flag<string>;
export function word(spec: string, help: string, usual?: string): Flag<string | undefined> {
  return { spec, help, default: usual };
}

/** A flag that is there or not. */
export function toggle(spec: string, help: string): Flag<boolean> {
  return { spec, help, default: false };
}

/** A flag that may be given several times. */
export function list(spec: string, help: string): Flag<string[]> {
  return { spec, help, default: [], parse: (typed, before) => [...before, typed] };
}
