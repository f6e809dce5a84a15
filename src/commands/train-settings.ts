import { LabError } from "../errors.ts";
import { KERNELS } from "../tinylm/kernels/kernels.ts";
import { isSupported } from "../tinylm/kernels/load.ts";
import { STEPS } from "../tinylm/training.ts";

export interface TrainOptions {
  steps?: string;
  layers?: string;
  width?: string;
  seed?: string;
  threads?: string;
  kernels?: string;
  corpus?: string;
  out: string;
  format?: string;
}

/** What was typed, as numbers; a value that cannot be used is a LabError. */
export function settingsOf(options: TrainOptions) {
  const whole = (
    name: string,
    typed: string | undefined,
    usual: number,
    least: number,
    most: number,
  ) => {
    const value = Number(typed ?? usual);
    if (Number.isInteger(value) && value >= least && value <= most && typed?.trim() !== "")
      return value;
    throw new LabError(
      `"${typed}" is no value for --${name}`,
      `Give a whole number from ${least} to ${most}.`,
      2,
    );
  };
  const kernels = options.kernels ?? "simd";
  const kind = KERNELS.find((known) => known === kernels);
  if (!kind)
    throw new LabError(`There are no kernels "${kernels}"`, `There are ${KERNELS.join(", ")}.`, 2);
  if (!isSupported(kind))
    throw new LabError(`This Node has no ${kind} kernels`, "Take --kernels simd, or Node 22.", 2);
  return {
    seed: whole("seed", options.seed, 1, 0, 1_000_000),
    steps: whole("steps", options.steps, STEPS.pretrain, 1, 100_000),
    layers: whole("layers", options.layers, 2, 1, 8),
    width: whole("width", options.width, 64, 16, 256),
    threads: options.threads === undefined ? undefined : whole("threads", options.threads, 1, 1, 4),
    kind,
  };
}
