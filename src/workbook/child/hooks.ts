import { existsSync, readFileSync } from "node:fs";
import type { LoadHookContext, ResolveHookContext } from "node:module";
import { fileURLToPath } from "node:url";
import { transform } from "sucrase";

/** Addresses of folders end with a slash. */
export interface HookSettings {
  /** the folder of this package: what is in it imports packages as the learner's file does */
  home: string;
  /** the learner's file */
  file: string;
  /** the folder of the LangChain that this package carries, where the learner has installed none */
  bundled?: string;
}

let settings: HookSettings | undefined;

/** Node calls it in the thread of the hooks. */
export function initialize(given: HookSettings): void {
  settings = given;
}

interface Resolved {
  url: string;
  format?: string | null;
  shortCircuit?: boolean;
}

type NextResolve<Found> = (specifier: string, context: ResolveHookContext) => Found;

/**
 * It serves both `registerHooks`, where all is synchronous, and `register`, where `next` returns a
 * promise.
 */
export function resolve<Found>(
  specifier: string,
  context: ResolveHookContext,
  next: NextResolve<Found>,
): Found | Resolved {
  if (settings === undefined) return next(specifier, context);
  const { file, bundled } = settings;
  const parent = context.parentURL ?? "";
  if (/^\.{1,2}\//.test(specifier)) return beside(specifier, parent) ?? next(specifier, context);
  if (/^[a-z]+:/.test(specifier)) return next(specifier, context);
  const own = bundled && new URL(`${specifier}.js`, bundled).href;
  if (own && existsSync(fileURLToPath(own)))
    return { url: own, format: "module", shortCircuit: true };
  return next(specifier, isOurs(parent) ? { ...context, parentURL: file } : context);
}

/** A file of the same copy: after a restart, all files of the learner are loaded anew. */
function beside(specifier: string, parent: string): Resolved | undefined {
  const { search } = parent.startsWith("file:") ? new URL(parent) : { search: "" };
  if (search === "" || isInstalled(parent)) return undefined;
  return { url: new URL(specifier + search, parent).href, shortCircuit: true };
}

type NextLoad<Loaded> = (url: string, context: LoadHookContext) => Loaded;

interface Source {
  format: "module";
  source: string;
  shortCircuit: true;
}

/** Takes the types out of a file. Each line stays where it is, so errors name the right one. */
export function load<Loaded>(
  url: string,
  context: LoadHookContext,
  next: NextLoad<Loaded>,
): Loaded | Source {
  const bare = url.replace(/[?#].*$/, "");
  if (!bare.startsWith("file:") || !/\.m?ts$/.test(bare) || isInstalled(bare))
    return next(url, context);
  return { format: "module", source: withoutTypes(fileURLToPath(bare)), shortCircuit: true };
}

/** A file as JavaScript. @throws an error whose message ends with the place, such as "(3:5)" */
export function withoutTypes(path: string): string {
  const { code } = transform(readFileSync(path, "utf8"), {
    transforms: ["typescript"],
    disableESTransforms: true,
    filePath: path,
  });
  return code;
}

/** Whether a file is of an installed package other than this one. */
const isInstalled = (url: string) => url.includes("/node_modules/") && !isOurs(url);

/** Whether a file is of this package, which may itself be in a folder node_modules. */
function isOurs(url: string): boolean {
  const { home } = settings ?? {};
  return home !== undefined && url.startsWith(home) && !url.startsWith(`${home}node_modules/`);
}
