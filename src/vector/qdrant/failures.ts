import { LabError } from "../../errors.ts";
import { NOT_QDRANT, QdrantError } from "./rest.ts";

const REFUSED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;
const CUT_OFF = /^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/;

/** The LabError for what Qdrant or the way to it said; the error itself when it is a bug. */
export function explainQdrant(error: unknown, at: string): unknown {
  const { status, said, code } = partsOf(error);
  const told = sentence(status, said, code, at);
  return told ? new LabError(told[0], told[1], 1, { cause: error }) : error;
}

function sentence(
  status: number,
  said: string,
  code: string,
  at: string,
): [string, string] | undefined {
  if (REFUSED.test(code))
    return [
      `No Qdrant answers at ${at}`,
      "Start the server, or correct the address given with --store.",
    ];
  if (CUT_OFF.test(code))
    return [
      `Qdrant at ${at} broke off the connection`,
      "Look at the server's log, and run it again: what it confirmed is kept.",
    ];
  if (code === "TimeoutError")
    return [
      `Qdrant at ${at} did not answer in time`,
      "Look at the server's log and load, and run it again: what it confirmed is kept.",
    ];
  if (status === 401 || status === 403)
    return [
      `Qdrant at ${at} refuses this API key`,
      "Set QDRANT_API_KEY to the key that the server was started with; a read-only key is not enough.",
    ];
  if (
    /no space left|disk.*(full|space)|os error 28\b|insufficient storage/i.test(said) ||
    status === 507
  )
    return [
      `The disk of Qdrant at ${at} is full`,
      "Make room there and run it again: what it confirmed is kept.",
    ];
  if (/dimension/i.test(said) && status === 400)
    return [
      `A vector does not fit the collection: ${said}`,
      "Use the embedding model the collection was made with, or index again into another collection.",
    ];
  if (status === 404 && /collection/i.test(said))
    return [
      `Qdrant at ${at} no longer has this collection`,
      "Somebody removed it: index the documents again.",
    ];
  if (status === 404 || status === 405)
    return [
      `What answers at ${at} is not Qdrant`,
      "Correct the address given with --store; Qdrant listens on port 6333.",
    ];
  if (status === 429)
    return [`Qdrant at ${at} gets too many requests`, "Wait a little, and run it again."];
  if (status >= 500)
    return [
      `Qdrant at ${at} failed: ${said || `status ${status}`}`,
      "Look at the server's log, and run it again: what it confirmed is kept.",
    ];
  if (/^fetch failed/.test(said))
    return [
      `Qdrant at ${at} cannot be reached${code && ` (${code})`}`,
      "Correct the address given with --store; with https, look at the server's certificate too.",
    ];
  if (said === NOT_QDRANT)
    return [
      `What answers at ${at} is not Qdrant`,
      "Correct the address given with --store; Qdrant listens on port 6333.",
    ];
  return undefined;
}

function partsOf(error: unknown): { status: number; said: string; code: string } {
  if (error instanceof QdrantError) return { status: error.status, said: error.message, code: "" };
  const { name, message, cause } = (error ?? {}) as Error & { cause?: { code?: string } };
  return {
    status: 0,
    said: String(message),
    code: cause?.code ?? (name === "TimeoutError" ? name : ""),
  };
}
