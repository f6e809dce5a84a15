import { LabError } from "../errors.ts";
import { KERNELS } from "../kernels/kernels.ts";
import { choice, integer } from "../lesson/params.ts";
import { flag, optional, word } from "../run/flag.ts";
import { outputFlags } from "../run/flags.ts";
import { verb } from "./verb.ts";

/** Trains a tiny model on this machine, outside a lesson. */
export const train = verb({
  name: "train",
  summary: "train a tiny language model from nothing, on this machine",
  flags: {
    steps: flag(
      "--steps <number>",
      integer({
        default: 1800,
        min: 1,
        max: 100_000,
        help: "steps of pre-training; later stages are shortened with it",
      }),
    ),
    layers: flag(
      "--layers <number>",
      integer({ default: 2, min: 1, max: 8, help: "layers of the model" }),
    ),
    width: flag(
      "--width <number>",
      integer({ default: 64, min: 16, max: 256, help: "values for each token, in steps of 16" }),
    ),
    seed: flag(
      "--seed <number>",
      integer({
        default: 1,
        min: 0,
        max: 1_000_000,
        help: "what chance starts from: the same seed, the same model",
      }),
    ),
    corpus: word("--corpus <path>", "text of your own: a file, or a folder"),
    out: word("--out <folder>", "where the checkpoints go", "tiny-model"),
    threads: optional(
      "--threads <number>",
      integer({ default: 2, min: 1, max: 4, help: "threads, 1 to 4" }),
    ),
    kernels: flag(
      "--kernels <kind>",
      choice({
        default: "simd",
        choices: KERNELS,
        help: "simd, fused (faster, other last bits) or plain",
      }),
    ),
    format: outputFlags.format,
    report: outputFlags.report,
  },
  notes: `Example:
  llm-lab train --steps 500 --corpus ~/notes --out notes-model`,
  async run(_words, { corpus, out, format, report, kernels, ...settings }, io) {
    const { isSupported } = await import("../kernels/load.ts");
    if (!isSupported(kernels))
      throw new LabError(
        `This Node has no ${kernels} kernels`,
        "Take --kernels simd, or Node 22.",
        2,
      );
    const { openStage, withReport } = await import("../run/open.ts");
    const { trainInto } = await import("../run/training.ts");
    const { readOwnText } = await import("../run/own-text.ts");
    const own = corpus === undefined ? undefined : await readOwnText(corpus, io.signal);
    const show = withReport(await openStage({ format }, io), report, io);
    try {
      await trainInto({ settings: { ...settings, kind: kernels }, own, corpus, out, show, io });
      return 0;
    } finally {
      await show.close();
    }
  },
});
