import { open } from "node:fs/promises";
import { WITHOUT_WAITING, whatIs } from "../plain-file.ts";
import { Unreadable } from "./unreadable.ts";

/**
 * The first bytes of a file, all of it by default. It never waits: what is not a file is refused.
 *
 * @throws Unreadable for a named pipe, a socket or a device; the system's error for the rest
 */
export async function readBytes(
  path: string,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const handle = await open(path, WITHOUT_WAITING);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Unreadable(whatIs(stats));
    if (stats.size <= most) return await handle.readFile();
    const bytes = Buffer.alloc(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read)
      ({ bytesRead: read } = await handle.read(bytes, length, most - length, length));
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}

/** Git's own small files are shorter by far; a longer one is not what it seems to be. */
const MOST_OF_SMALL = 1024 * 1024;

/** The text of a small file that may well not be there. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await readBytes(path, MOST_OF_SMALL));
  } catch {
    return undefined;
  }
}
