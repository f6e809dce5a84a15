import { existsSync } from "node:fs";

/**
 * Where the compiled worker.ts is: in dist/ at the root of the package, whether this runs from dist
 * or from source.
 */
export function workerFile(): URL {
  return packageFile("dist/training-worker.js");
}

/** A file of the package, by its path from the root. */
export function packageFile(path: string): URL {
  let folder = new URL(".", import.meta.url);
  while (!existsSync(new URL("package.json", folder)) && folder.pathname !== "/")
    folder = new URL("..", folder);
  return new URL(path, folder);
}
