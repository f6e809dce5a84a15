import { lstat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readIfThere } from "./read-file.ts";

/** A git repository, by the folder that it begins at. */
export interface Repository {
  root: string;
  /** the rules that git keeps for this repository alone */
  excludeFile: string;
}

/**
 * The repository that begins at a folder; undefined if none does. In a clone `.git` is a folder; in
 * a worktree and in a submodule it is a file that names a folder elsewhere.
 */
export async function repositoryAt(root: string): Promise<Repository | undefined> {
  const git = join(root, ".git");
  if (await isThere(join(git, "HEAD"))) return { root, excludeFile: excludeFileIn(git) };
  const [, pointed] = /^gitdir: *(.+)/.exec((await readIfThere(git)) ?? "") ?? [];
  if (pointed === undefined) return undefined;
  const folder = resolve(root, pointed.trim());
  // Worktrees share what is not about one of them.
  const common = (await readIfThere(join(folder, "commondir")))?.trim();
  return { root, excludeFile: excludeFileIn(common ? resolve(folder, common) : folder) };
}

/**
 * The folders from the root of the repository down to the one above this folder; none outside a
 * repository.
 */
export async function foldersAbove(folder: string): Promise<string[]> {
  const above: string[] = [];
  for (let one = folder; ; one = dirname(one)) {
    if (one !== folder) above.unshift(one);
    if (await repositoryAt(one)) return above;
    if (one === dirname(one)) return [];
  }
}

/** The text of the file of rules that the user's git heeds in every repository. */
export async function userRules(): Promise<string> {
  const home = homeFolder();
  if (home === undefined) return "";
  const configs = [join(home, ".config/git/config"), join(home, ".gitconfig")];
  const texts = await Promise.all(configs.map(readIfThere));
  const named = texts.flatMap((text) => excludesFilesIn(text ?? "")).at(-1);
  const path = named?.replace(/^~(?=\/)/, home) ?? join(home, ".config/git/ignore");
  return (await readIfThere(resolve(home, path))) ?? "";
}

const excludeFileIn = (git: string) => join(git, "info", "exclude");

/** The values of `core.excludesFile` in a file of git's settings. */
function excludesFilesIn(config: string): string[] {
  let isCore = false;
  return config.split("\n").flatMap((line) => {
    const text = line.trim();
    if (text.startsWith("[")) isCore = /^\[core\]$/i.test(text);
    const [, value] = (isCore && /^excludesfile\s*=\s*"?([^"]*)"?$/i.exec(text)) || [];
    return value ? [value.trim()] : [];
  });
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Undefined where the system has no entry for the user, as in some containers. */
function homeFolder(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
