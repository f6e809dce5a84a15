import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SharedMemory } from "../kernels/load.ts";
import { type Layout, openLayout, PARTS } from "./layout.ts";
import type { ModelShape } from "./shape.ts";

/**
 * Threads that do the parts of a batch side by side. This thread does its own share and waits for
 * the others.
 *
 * They talk through a few integers in the shared memory: what to do, how often something was to be
 * done, and how many have done it. Which thread does which part changes nothing in the result.
 */
export class Team {
  readonly layout: Layout;
  readonly threads: number;
  readonly #workers: Worker[];

  private constructor(layout: Layout, workers: Worker[]) {
    this.layout = layout;
    this.#workers = workers;
    this.threads = workers.length + 1;
  }

  /**
   * @param threads at most PARTS; 1 needs no worker
   * @param worker the compiled worker.ts
   */
  static async open(
    shape: ModelShape,
    shared: SharedMemory,
    threads = 1,
    worker?: URL,
  ): Promise<Team> {
    const layout = openLayout(shape, shared);
    const count = worker === undefined ? 0 : Math.min(threads, PARTS) - 1;
    const workers = Array.from({ length: count }, (_, at) => {
      const workerData: WorkerData = { shape, shared, first: at + 1, step: count + 1 };
      return new Worker(worker as URL, { workerData });
    });
    const team = new Team(layout, workers);
    try {
      // A worker that cannot start says so by an error, which `once` throws.
      await Promise.all(workers.map((made) => once(made, "message")));
    } catch (error) {
      await team.close();
      throw error;
    }
    for (const made of workers) made.unref();
    return team;
  }

  /** Has all parts go forward (they predict) or backward (they find gradients). */
  run(command: Command): void {
    const { control, parts } = this.layout;
    if (this.#workers.length > 0) {
      Atomics.store(control, DONE, 0);
      Atomics.store(control, COMMAND, command);
      Atomics.add(control, COUNT, 1);
      Atomics.notify(control, COUNT);
    }
    for (let part = 0; part < PARTS; part += this.threads) work(parts, part, command);
    for (;;) {
      const done = Atomics.load(control, DONE);
      const isDone = done >= this.#workers.length;
      const isLate = !isDone && Atomics.wait(control, DONE, done, PATIENCE_MS) === "timed-out";
      if (isLate || Atomics.load(control, FAILED) > 0)
        throw new Error("a thread of the training has stopped");
      if (isDone) return;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

export const FORWARD = 1;
export const BACKWARD = 2;
/** forward, then backward */
export const BOTH = 3;
export type Command = typeof FORWARD | typeof BACKWARD | typeof BOTH;

/** Where the shared integers hold how many commands there were, and how many threads are done. */
export const [COUNT, DONE] = [1, 2];
const [COMMAND, FAILED] = [0, 3];
/** How long a thread is waited for; the largest models take a second for a step. */
const PATIENCE_MS = 120_000;

export interface WorkerData {
  shape: ModelShape;
  shared: SharedMemory;
  /** this thread does the parts first, first + step … */
  first: number;
  step: number;
}

/** What a worker does for ever: waits for a command, does its parts, says so. */
export function serveTeam({ shape, shared, first, step }: WorkerData, ready: () => void): never {
  const { control, parts } = openLayout(shape, shared);
  let count = Atomics.load(control, COUNT);
  ready();
  for (;;) {
    // A thread may be woken for the command that it has just done, so the count decides.
    while (Atomics.load(control, COUNT) === count) Atomics.wait(control, COUNT, count);
    count = Atomics.load(control, COUNT);
    const command = Atomics.load(control, COMMAND) as Command;
    try {
      for (let part = first; part < PARTS; part += step) work(parts, part, command);
    } catch {
      // This thread cannot say more, but the first must not wait for it.
      Atomics.store(control, FAILED, 1);
    }
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  }
}

function work(parts: Layout["parts"], part: number, command: Command): void {
  if (command & FORWARD) parts[part]?.forward();
  if (command & BACKWARD) parts[part]?.backward();
}
