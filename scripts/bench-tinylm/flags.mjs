import { parseArgs } from "node:util";

export const HELP = `npm run bench:tinylm -- [flags]

  --seeds 1,2     the seeds to train with; without it 1 to 5
  --threads 2     threads of training, 1 to 4
  --kind simd     the kernels of training: simd, fused or plain
  --kernels       no training: only how fast the kernels are, and their share of a step
  --quick         a few steps and rounds, to see that it runs; goals are not judged

It ends with 1 when a model misses a goal. What depends on the machine, times and ratios, only gets a ✗.`;

const KINDS = ["simd", "fused", "plain"];

/**
 * @returns {import("./main.ts").Flags | "help"}
 * @throws an Error that says what is wrong, for the user
 */
export function parseFlags(args) {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: "string", default: "1,2,3,4,5" },
      threads: { type: "string", default: "2" },
      kind: { type: "string", default: "simd" },
      kernels: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const { kind, kernels, quick } = values;
  if (!KINDS.includes(kind)) throw new Error(`--kind ${kind}: give ${KINDS.join(", ")}.`);
  const seeds = values.seeds.split(",").map((seed) => whole("--seeds", seed, 2 ** 31));
  return { seeds, threads: whole("--threads", values.threads, 4), kind, kernels, quick };
}

function whole(flag, text, most) {
  const number = Number(text);
  if (text.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= most)
    return number;
  throw new Error(`${flag} ${text}: give whole numbers from 1 to ${most}.`);
}
