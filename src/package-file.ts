import { existsSync, readFileSync } from "node:fs";

/** A file of the package, by its path from the root, whether this runs from dist or from source. */
export function packageFile(path: string): URL {
  let folder = new URL(".", import.meta.url);
  while (!existsSync(new URL("package.json", folder)) && folder.pathname !== "/")
    folder = new URL("..", folder);
  return new URL(path, folder);
}

export const packageVersion = (): string =>
  JSON.parse(readFileSync(packageFile("package.json"), "utf8")).version;
