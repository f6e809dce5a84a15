import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { Buffer } from "buffer/index.js";

const HASHES = { sha1, sha256, sha512 };

/** node:crypto's hashes, as llm-lab and LangChain use them. */
export function createHash(name: string) {
  const hash = HASHES[name as keyof typeof HASHES].create();
  const made = {
    update(content: string | Uint8Array) {
      hash.update(typeof content === "string" ? new TextEncoder().encode(content) : content);
      return made;
    },
    digest(encoding?: BufferEncoding) {
      const bytes = Buffer.from(hash.digest());
      return encoding === undefined ? bytes : bytes.toString(encoding);
    },
  };
  return made;
}

export const randomUUID = () => crypto.randomUUID();
export const webcrypto = globalThis.crypto;
export const randomBytes = (count: number) =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(count)));
export default { createHash, randomUUID, randomBytes, webcrypto };
