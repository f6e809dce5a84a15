import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import ignore, { type Ignore } from "ignore";

/** The rules of one `.gitignore`, and the folder that they are about. */
interface Rules {
  folder: string;
  rules: Ignore;
}

/** The rules that hold in a folder, those of the folders around it first. */
export type Ignoring = readonly Rules[];

/** The rules of the repository that a folder lies in, down to the folder above it; none where the folder itself is ignored. */
export async function rulesAround(folder: string): Promise<Ignoring> {
  const above = await foldersOfRepository(folder);
  let found: Ignoring = [];
  for (const one of above) found = await withRulesOf(one, found);
  return isIgnored(folder, true, found) ? [] : found;
}

/** The rules that hold inside a folder: those around it, and its own. */
export async function withRulesOf(folder: string, around: Ignoring): Promise<Ignoring> {
  const text = await readFile(join(folder, ".gitignore"), "utf8").catch(() => "");
  if (text.trim() === "") return around;
  const rules = ignore({ ignorecase: false, allowRelativePaths: true }).add(text);
  return [...around, { folder, rules }];
}

/** Whether rules leave out a path; what stands in a folder further in weighs more, as in git. */
export function isIgnored(path: string, isFolder: boolean, ignoring: Ignoring): boolean {
  let ignored = false;
  for (const { folder, rules } of ignoring) {
    const inside = relative(folder, path).replaceAll("\\", "/");
    const verdict = rules.test(isFolder ? `${inside}/` : inside);
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

/** From the root of the repository to the folder above this one, or none if this is in no repository. */
async function foldersOfRepository(folder: string): Promise<string[]> {
  const above: string[] = [];
  for (let one = folder; ; one = dirname(one)) {
    if (one !== folder) above.unshift(one);
    const isRoot = await readFile(join(one, ".git", "HEAD")).then(
      () => true,
      () => false,
    );
    if (isRoot) return above;
    if (one === dirname(one)) return [];
  }
}
