import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** How many texts a thread takes at a time: some tenths of a second of work. */
const SHARE = 16;

/**
 * Threads that encode side by side, each with an encoder of its own; this thread stays free for
 * keys and requests. Which thread encodes which text changes nothing in the result.
 *
 * A thread starts with the first texts that need it. Idle threads do not hold up the end of the
 * process.
 */
export class EncoderTeam {
  readonly #threads: number;
  readonly #worker: URL;
  readonly #idle: Worker[] = [];
  readonly #waiting: (() => void)[] = [];
  #started = 0;

  /** @param worker the compiled worker.ts */
  constructor(threads: number, worker: URL) {
    this.#threads = Math.max(1, threads);
    this.#worker = worker;
  }

  /**
   * Vectors as `Encoder.encode` gives them.
   *
   * @throws what a thread throws, and then no text of this call gets a vector; the signal's reason
   *   if it aborts before all is done: shares that run are finished and dropped
   */
  async encode(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const shares: string[][] = [];
    for (let from = 0; from < texts.length; from += SHARE)
      shares.push(texts.slice(from, from + SHARE));
    const vectors = await Promise.all(shares.map((share) => this.#encodeShare(share, signal)));
    return vectors.flat();
  }

  /** Ends the threads that have nothing to do; the team can be used again, with new ones. */
  async close(): Promise<void> {
    const idle = this.#idle.splice(0);
    this.#started -= idle.length;
    await Promise.all(idle.map((worker) => worker.terminate()));
  }

  async #encodeShare(share: string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    const worker = await this.#take();
    try {
      const vectors = signal?.aborted ? [] : await answerOf(worker, share);
      this.#idle.push(worker);
      signal?.throwIfAborted();
      return vectors;
    } catch (error) {
      // A thread that failed has ended; another takes its place.
      if (!this.#idle.includes(worker)) this.#started--;
      throw error;
    } finally {
      this.#waiting.shift()?.();
    }
  }

  /** A thread that has nothing to do, as soon as there is one. */
  async #take(): Promise<Worker> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle) return idle;
      if (this.#started < this.#threads) {
        this.#started++;
        const worker = new Worker(this.#worker);
        worker.unref();
        return worker;
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}

/** A thread's vectors; while it works, the process does not end. */
async function answerOf(worker: Worker, texts: string[]): Promise<Float32Array[]> {
  worker.ref();
  try {
    worker.postMessage(texts);
    const [vectors] = await once(worker, "message");
    return vectors;
  } finally {
    worker.unref();
  }
}
