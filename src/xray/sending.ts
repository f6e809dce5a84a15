import type { EmbeddingBody } from "../trace/wire.ts";
import type { Call, Try } from "./calls.ts";
import { ReplyTap } from "./received.ts";

/** One sending of a request, and what has come back of its reply. */
export class Sending {
  readonly attempt: Try;
  readonly tap = new ReplyTap();
  /** 0 until the head of the reply has come */
  status = 0;
  place = "";
  /** what has passed, and is not read yet */
  waiting = "";
  call: Call | undefined;
  texts: EmbeddingBody | undefined;
  #held = "";

  constructor(startedAt: number) {
    const nothing = { endedAt: undefined, failed: undefined, retryAfterMs: undefined };
    this.attempt = { startedAt, mayRetry: false, ...nothing };
  }

  /** The words that are whole: a key is a part of a word, and is not shown in pieces. */
  whole(grown: string, isEnd = false): string {
    this.#held += grown;
    const end = isEnd ? this.#held.length : this.#held.search(/-----BEGIN[\s\S]*$|\S*$/);
    const words = this.#held.slice(0, end);
    this.#held = this.#held.slice(end);
    return words;
  }
}
