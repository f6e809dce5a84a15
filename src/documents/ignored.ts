import { basename, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import { readBytes } from "./read-file.ts";
import { foldersAbove, repositoryAt, userRules } from "./repository.ts";
import { codeOf, Unreadable } from "./unreadable.ts";

/** The rules of one file such as `.gitignore`, and the folder that they are about. */
interface Rules {
  folder: string;
  rules: Ignore;
}

/** The rules that hold in a folder, those of the folders around it first. */
export type Ignoring = readonly Rules[];

/**
 * The rules of the repository that a folder lies in, down to the folder above it; none where the
 * folder itself is ignored.
 */
export async function rulesAround(folder: string): Promise<Ignoring> {
  let found: Ignoring = [];
  for (const one of await foldersAbove(folder)) found = await withRulesOf(one, found);
  return isIgnored(folder, true, found) ? [] : found;
}

/**
 * The rules that hold inside a folder: those around it, and its own. Where a repository begins, the
 * user's rules and those in its `.git` hold too, and weigh less than a `.gitignore`, as in git.
 *
 * @throws Unreadable if there is a `.gitignore` that cannot be read: nobody knows what it would
 *   keep out
 */
export async function withRulesOf(folder: string, around: Ignoring): Promise<Ignoring> {
  const repository = await repositoryAt(folder);
  const texts = repository ? [await userRules(), await rulesIn(repository.excludeFile)] : [];
  texts.push(await rulesIn(join(folder, ".gitignore")));
  const own = texts.filter((text) => text.trim() !== "");
  if (own.length === 0) return around;
  const rulesOf = (text: string) =>
    ignore({ ignorecase: false, allowRelativePaths: true }).add(text);
  return [...around, ...own.map((text) => ({ folder, rules: rulesOf(text) }))];
}

/** Whether rules leave out a path; what stands in a folder further in weighs more, as in git. */
export function isIgnored(path: string, isFolder: boolean, ignoring: Ignoring): boolean {
  let ignored = false;
  for (const { folder, rules } of ignoring) {
    const inside = relative(folder, path).replaceAll(sep, "/");
    const verdict = rules.test(isFolder ? `${inside}/` : inside);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

const ABSENT = ["ENOENT", "ENOTDIR", "EISDIR"];
const MOST_RULES = 1024 * 1024;

async function rulesIn(path: string): Promise<string> {
  try {
    const bytes = await readBytes(path, MOST_RULES);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (ABSENT.includes(codeOf(error) ?? "")) return "";
    if (error instanceof Unreadable && error.message === "a folder") return "";
    throw new Unreadable(`its ${basename(path)} cannot be read`);
  }
}
