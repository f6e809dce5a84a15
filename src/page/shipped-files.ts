/** Files of the package that a page can fetch, by their paths, and where they are. */
export interface ShippedFiles {
  /** the address under which the paths are found, with a slash at its end */
  base: string;
  paths: readonly string[];
}

let shipped: ShippedFiles = { base: "", paths: [] };

export function shipFiles(files: ShippedFiles): void {
  shipped = files;
}

/** How the path of a file of the package begins, as `packageFile` makes it in a page. */
export const PACKAGE = "/package/";

export function isShipped(path: string): boolean {
  return path.startsWith(PACKAGE) && shipped.paths.includes(path.slice(PACKAGE.length));
}

/** Fetches a file while the worker waits: what reads it is written for a disk. */
export function fetchNow(path: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open("GET", new URL(path.slice(PACKAGE.length), shipped.base), false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${path} could not be fetched: ${request.status}`);
  return new Uint8Array(request.response as ArrayBuffer);
}
