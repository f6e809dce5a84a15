import { PACKAGE } from "../shipped-files.ts";

/** In a page, a file of the package is one that the page fetches. */
export function packageFile(path: string): URL {
  return new URL(`file://${PACKAGE}${path}`);
}
