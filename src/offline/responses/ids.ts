import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The id of a longer item would weigh down each event of a stream. */
const LONGEST = 4096;
/** An id is read back to no more than this, whatever it claims to hold. */
const MOST_READ = 8192;

/**
 * An id of an item from which the item can be read again, so that a client may send the id alone,
 * as some do by themselves, though nothing is kept here. A long item has an id without it.
 */
export function idCarrying(prefix: string, item: unknown): string {
  const text = JSON.stringify(item);
  if (text.length <= LONGEST)
    return `${prefix}_${deflateRawSync(text, { level: 9 }).toString("base64url")}`;
  return `${prefix}_${createHash("sha256").update(text).digest("hex").slice(0, 48)}`;
}

/** The item that an id carries, or undefined. */
export function carriedBy(id: string): unknown {
  try {
    const bytes = Buffer.from(id.slice(id.indexOf("_") + 1), "base64url");
    return JSON.parse(inflateRawSync(bytes, { maxOutputLength: MOST_READ }).toString("utf8"));
  } catch {
    return undefined;
  }
}
