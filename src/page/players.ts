import type { Order, PlayOrder, Told } from "./orders.ts";

/** What plays the steps of a page. */
export interface Player {
  send(order: Order): void;
  /** Ends what it plays; nothing more is told of it. */
  drop(): void;
}

export interface PlayerOptions {
  /** Takes what is told of a run. */
  take(told: Told): void;
  /** told where the player itself broke, in words */
  broke(words: string): void;
}

/** Milliseconds between the pieces of a reply, so that they can be read as they come. */
const PACE = 15;

/** Plays in a worker of the page, with no server. */
export class WorkerPlayer implements Player {
  readonly #options: PlayerOptions;
  #worker: Worker | undefined;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  send(order: Order): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(order);
  }

  drop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    const { take, broke } = this.#options;
    // Not in its address: parts of the worker import worker.js, and another address is another one.
    const worker = new Worker(new URL("worker.js", import.meta.url), {
      type: "module",
      name: `pace=${PACE}`,
    });
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => take(data));
    worker.addEventListener("error", ({ message }) => broke(`It broke: ${message}`));
    return worker;
  }
}

const GONE =
  "llm-lab open does not answer. Start it again in the terminal, and open the address that it prints.";

/** Lets the process play that serves the page: `llm-lab open`. */
export class ServedPlayer implements Player {
  readonly #options: PlayerOptions;
  /** where orders are sent to, with a slash at its end */
  readonly #base: URL;
  #ending = new AbortController();

  constructor(base: URL, options: PlayerOptions) {
    this.#base = base;
    this.#options = options;
  }

  send(order: Order): void {
    const { signal } = this.#ending;
    const sent = order.kind === "play" ? this.#play(order, signal) : this.#post(order, signal);
    sent.catch(() => {
      if (!signal.aborted) this.#options.broke(GONE);
    });
  }

  drop(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
  }

  async #play(order: PlayOrder, signal: AbortSignal): Promise<void> {
    const response = await this.#post(order, signal);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let left = "";
    for (let isOver = false; !isOver && reader; ) {
      const { done, value = "" } = await reader.read();
      if (done) throw new Error("the run was cut off");
      const lines = (left + value).split("\n");
      left = lines.pop() ?? "";
      for (const told of lines.map((line): Told => JSON.parse(line))) {
        if (signal.aborted) return;
        this.#options.take(told);
        isOver ||= told.kind === "end";
      }
    }
  }

  async #post(order: Order, signal: AbortSignal): Promise<Response> {
    const response = await fetch(new URL(order.kind, this.#base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(order),
      signal,
    });
    if (!response.ok) throw new Error(`${response.status}`);
    return response;
  }
}
