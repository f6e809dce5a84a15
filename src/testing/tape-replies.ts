import { LabError } from "../errors.ts";
import { readTape } from "../tape/read.ts";
import { recording } from "../tape/record.ts";
import { replaying } from "../tape/replay.ts";
import { TapeFile } from "../tape/tape-file.ts";
import type { Answer } from "./endpoint.ts";
import { refusal } from "./http.ts";
import type { TapeOptions } from "./types.ts";

interface Taped {
  answer: Answer;
  left(): number;
  close(): void;
}

/**
 * Replies from a tape; a request that is not on it is refused, and told what differs.
 *
 * @throws Error for a file that is not there or is not a tape
 */
export function playedReplies(path: string): Taped {
  const tape = said(() => readTape(path), path);
  const wire = replaying(tape, path, 0);
  let left = tape.entries.length;
  return {
    left: () => left,
    close: () => {},
    async answer({ url, init, call }) {
      try {
        const reply = await wire(url, init);
        left -= 1;
        return reply;
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        const which = call ? `Call ${call.number} is not on the tape. ` : "";
        return refusal(`${which}${error.message}. ${again(path)}`, "not_on_tape");
      }
    },
  };
}

/** Replies from somewhere else, written to a tape; the tape is whole when it is closed. */
export function recordedReplies(path: string, from: NonNullable<TapeOptions["record"]>): Taped {
  const tape = said(() => new TapeFile(path, "as the program asks"), path);
  const secrets: string[] = [];
  const wire = recording(wireTo(from), tape, { secrets });
  return {
    left: () => 0,
    close: () => void tape.close(false),
    async answer({ url, init }) {
      const key = init.headers.get("authorization")?.replace(/^Bearer /i, "");
      if (key && !secrets.includes(key)) secrets.push(key);
      return wire(url, init);
    },
  };
}

function wireTo(from: NonNullable<TapeOptions["record"]>): typeof fetch {
  if (typeof from === "function") return from;
  if (typeof from === "object" && "fetch" in from) return from.fetch;
  const base = String(from).replace(/\/$/, "");
  return (input, init) => {
    const path = new URL(String(input)).pathname.replace(/^.*?\/v\d+(?=\/)/, "");
    const headers = new Headers(init?.headers);
    // These belong to the connection on which the request came.
    for (const name of ["host", "connection", "content-length"]) headers.delete(name);
    return fetch(`${base}${path}`, { ...init, headers });
  };
}

/** What only the command line would say is said for a test. */
function said<T>(open: () => T, path: string): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new Error(`${error.message}. ${again(path)}`, { cause: error });
  }
}

const again = (path: string) =>
  `Record it again: await tape(${JSON.stringify(path)}, { record: "https://api.openai.com/v1" }).`;
