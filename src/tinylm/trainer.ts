import type { KernelKind } from "../kernels/kernels.ts";
import { AdamW } from "./adamw.ts";
import { makeMemory, PARTS, TEXTS } from "./layout.ts";
import { randomFrom } from "./random.ts";
import type { ModelShape } from "./shape.ts";
import { BACKWARD, BOTH, FORWARD, Team } from "./team.ts";

/**
 * One text of a batch: ids, the ids that come next, and how much each counts. Shorter than the
 * context is fine.
 */
export interface Row {
  ids: readonly number[] | Uint16Array;
  targets: readonly number[] | Uint16Array;
  weights: readonly number[] | Float32Array;
}

/** How many texts a batch has. */
export const BATCH = PARTS * TEXTS;

/**
 * A model being trained: takes batches, moves weights. All stages of training use these few moves.
 */
export class Trainer {
  readonly shape: ModelShape;
  readonly team: Team;
  readonly optimizer: AdamW;

  private constructor(shape: ModelShape, team: Team) {
    this.shape = shape;
    this.team = team;
    this.optimizer = new AdamW(team.layout);
  }

  static async open(shape: ModelShape, of: TrainerOptions = {}): Promise<Trainer> {
    const { kind = "simd", threads = 1, worker } = of;
    const team = await Team.open(shape, makeMemory(shape, kind), threads, worker);
    return new Trainer(shape, team);
  }

  /** The weights of the model, all in one row; see shape.ts for what lies where. */
  get weights(): Float32Array {
    const { memory, weightsAt, places } = this.team.layout;
    return memory.subarray(weightsAt / 4, weightsAt / 4 + places.count);
  }

  /** Random small weights, as training from nothing needs. */
  reset(seed: number): void {
    const { places } = this.team.layout;
    const random = randomFrom(seed);
    // The sum of twelve draws is normal enough, and unlike logarithms and cosines the same
    // everywhere.
    const normal = () => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
    const fill = (
      { offset, rows, width }: { offset: number; rows: number; width: number },
      deviation: number,
    ) => {
      for (let at = 0; at < rows * width; at++) this.weights[offset + at] = normal() * deviation;
    };
    const { width, layers } = this.shape;
    const usual = 1 / Math.sqrt(width);
    fill(places.embedding, 0.2);
    fill(places.position, 0.02);
    for (const layer of places.layers) {
      fill(layer.attend, usual);
      fill(layer.widen, usual);
      fill(layer.gather, usual / Math.sqrt(2 * layers));
      fill(layer.narrow, usual / 2 / Math.sqrt(2 * layers));
      this.weights.fill(1, layer.norm1.offset, layer.norm1.offset + width);
      this.weights.fill(1, layer.norm2.offset, layer.norm2.offset + width);
    }
    this.weights.fill(1, places.norm.offset, places.norm.offset + width);
    this.optimizer.forget();
  }

  /** Puts rows into the batch; rows that are not given count nothing. */
  load(rows: readonly Row[]): void {
    const { context } = this.shape;
    for (let text = 0; text < BATCH; text++) {
      const part = this.team.layout.parts[text % PARTS];
      const row = rows[text];
      const start = Math.floor(text / PARTS) * context;
      if (!part) continue;
      part.ids.fill(0, start, start + context);
      part.targets.fill(0, start, start + context);
      part.weights.fill(0, start, start + context);
      if (!row) continue;
      part.ids.set(row.ids, start);
      part.targets.set(row.targets, start);
      part.weights.set(row.weights, start);
    }
  }

  /** The loss of each token of each loaded row (BATCH, context). */
  losses(): Float32Array[] {
    const { context } = this.shape;
    return Array.from({ length: BATCH }, (_, text) => {
      const start = Math.floor(text / PARTS) * context;
      return (this.team.layout.parts[text % PARTS] as { losses: Float32Array }).losses.subarray(
        start,
        start + context,
      );
    });
  }

  predict(): void {
    this.team.run(FORWARD);
  }

  /** After `predict`, with new weights for the tokens: one move. */
  learn(rate: number): void {
    this.team.run(BACKWARD);
    this.optimizer.move(rate);
  }

  /** Predict and learn in one, from the weighted mean of the losses; returns it. */
  step(rows: readonly Row[], rate: number): number {
    this.load(rows);
    const { parts } = this.team.layout;
    const all =
      parts.reduce((sum, { weights }) => weights.reduce((of, weight) => of + weight, sum), 0) || 1;
    for (const { weights } of parts)
      for (const at of weights.keys()) weights[at] = (weights[at] as number) / all;
    this.team.run(BOTH);
    this.optimizer.move(rate);
    let mean = 0;
    for (const { losses, weights } of parts)
      for (let at = 0; at < losses.length; at++)
        mean += (losses[at] as number) * (weights[at] as number);
    return mean;
  }

  close(): Promise<void> {
    return this.team.close();
  }
}

export interface TrainerOptions {
  kind?: KernelKind;
  threads?: number;
  /** the compiled worker.ts, for more than one thread */
  worker?: URL;
}
