import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the package, by its path from the root, whether this runs from dist or from source. */
export function packageFile(path: string): URL {
  let folder = new URL(".", import.meta.url);
  while (!existsSync(new URL("package.json", folder)) && folder.pathname !== "/")
    folder = new URL("..", folder);
  return new URL(path, folder);
}

export const packageVersion = (): string =>
  JSON.parse(readFileSync(packageFile("package.json"), "utf8")).version;

/**
 * How this program is called from a folder that is there: npx finds an installed one by its name,
 * and one in a checkout by the way to it.
 */
export function npxFrom(folder: string): string {
  const root = realpathSync(fileURLToPath(packageFile(".")));
  if (basename(dirname(root)) === "node_modules") return "npx llm-lab";
  // npx goes from where a folder really is, whatever links lead there.
  const way = relative(realpathSync(folder), root).replaceAll("\\", "/");
  if (way === "") return "npx llm-lab";
  return `npx ${/[^\w./:-]/.test(way) ? JSON.stringify(way) : way}`;
}
