import {
  connectionFailure,
  cutReply,
  EndpointFailure,
  type RequestFacts,
  silence,
} from "./failures.ts";
import { beginsEvents } from "./server-events.ts";

/** How long a try waits for the reply to begin, and what is thrown when it did not. */
export interface Patience {
  ms: number;
  late: EndpointFailure;
}

/**
 * The body of a reply as text, piece by piece, none of which may keep the learner waiting too long.
 */
export class BodyText {
  readonly #facts: RequestFacts;
  readonly #signal: AbortSignal | null | undefined;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #decoder = new TextDecoder();
  #patience: Patience;
  #head = "";
  #hasEnded = false;

  /** @param patience how long the first piece may take from now on */
  constructor(
    body: ReadableStream<Uint8Array> | null,
    of: { facts: RequestFacts; signal?: AbortSignal | null; patience: Patience },
  ) {
    this.#reader = body?.getReader();
    this.#facts = of.facts;
    this.#signal = of.signal;
    this.#patience = of.patience;
  }

  /** The first characters, enough to tell a stream of events from JSON and from a web page. */
  async head(): Promise<string> {
    while (this.#head.trimStart().length < LONGEST_MARK) {
      const piece = await this.#next();
      if (piece === undefined) break;
      this.#head += piece;
      // The first line of a stream may come long before its second.
      if (beginsEvents(this.#head.trimStart())) break;
    }
    return this.#head.trimStart();
  }

  /**
   * The next piece; undefined at the end.
   *
   * @param waitMs how long it may take, where it is not the endpoint's usual time
   * @throws EndpointFailure for a silence or a broken connection, the caller's reason for an abort
   */
  async read(waitMs?: number): Promise<string | undefined> {
    if (this.#head !== "") {
      const head = this.#head;
      this.#head = "";
      return head;
    }
    return this.#next(waitMs);
  }

  /** All that is left. */
  async all(): Promise<string> {
    let text = "";
    for (let piece = await this.read(); piece !== undefined; piece = await this.read())
      text += piece;
    return text;
  }

  /**
   * Leaves the connection in order: what still comes within a moment is read, then it is closed.
   */
  async leave(waitMs: number): Promise<void> {
    try {
      while ((await this.#next(waitMs)) !== undefined);
    } catch {
      // The reply is over: nothing that happens now does harm.
    }
    this.cancel();
  }

  cancel(): void {
    this.#reader?.cancel().catch(() => {});
  }

  async #next(waitMs?: number): Promise<string | undefined> {
    if (this.#hasEnded || !this.#reader) return undefined;
    const patience =
      waitMs === undefined ? this.#patience : { ms: waitMs, late: silence(this.#facts) };
    try {
      const { done, value } = await inTime(this.#reader.read(), patience);
      const { timeoutMs } = this.#facts;
      this.#patience = { ms: timeoutMs, late: silence(this.#facts) };
      this.#hasEnded = done;
      const text = this.#decoder.decode(value, { stream: !done });
      return done && text === "" ? undefined : text;
    } catch (error) {
      // A connection left open would keep the program alive.
      this.cancel();
      if (this.#signal?.aborted) throw this.#signal.reason;
      throw error instanceof EndpointFailure ? error : this.#broken(error);
    }
  }

  #broken(error: unknown): EndpointFailure {
    const failure = connectionFailure(error, this.#facts);
    const isPacked = /Z_/.test(failure.reason);
    if (!isPacked) return failure;
    return new EndpointFailure({ error: cutReply(this.#facts) });
  }
}

const LONGEST_MARK = "<!doctype".length;

/** The promise, or the failure of a wait that took too long. */
async function inTime<T>(promise: Promise<T>, { ms, late }: Patience): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late), ms);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
