import { KERNELS, type KernelKind } from "../../src/kernels/kernels.ts";
import { isSupported } from "../../src/kernels/load.ts";
import { Training } from "../../src/tinylm/training.ts";
import type { Print } from "./main.ts";
import { median, table } from "./table.ts";

const REST = ["softmax", "softmaxBackward", "rmsNorm", "rmsNormBackward", "adamw"];

/**
 * What share of a step of pre-training, on one thread, the kernels take: the products, and the
 * others.
 */
export async function measureShare(quick: boolean, print: Print): Promise<void> {
  const kinds = KERNELS.filter((kind) => kind !== "plain" && isSupported(kind));
  const found = await Promise.all(kinds.map((kind) => prepare(kind)));
  // The kinds take turns, as engines do.
  for (let step = 0; step < (quick ? 3 : 150); step++) for (const { run } of found) run();
  print("\nA training step on one thread, and the share of it that kernels take\n");
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  print(
    table(
      ["", "step", "untimed step", "kernels", "matmul", ...REST, "other kernels"],
      found.map(({ kind, steps, bare }) => {
        const share = (names?: string[]) =>
          median(steps.map(({ ms, inside }) => sum(inside, names) / ms));
        return [
          kind,
          `${median(steps.map(({ ms }) => ms)).toFixed(2)} ms`,
          `${median(bare).toFixed(2)} ms`,
          percent(share()),
          percent(share(["matmul"])),
          ...REST.map((name) => percent(share([name]))),
          percent(share() - share(["matmul", ...REST])),
        ];
      }),
    ),
  );
  await Promise.all(found.map(({ close }) => close()));
}

interface Step {
  ms: number;
  /** milliseconds inside each kernel */
  inside: Map<string, number>;
}

/**
 * Two trainings with kernels of a kind: one whose kernels are timed, and one without, to see what
 * timing costs.
 */
async function prepare(kind: KernelKind) {
  const [timed, bare] = [new Map<string, number>(), [] as number[]];
  const plain = await Training.open({ kind, threads: 1 });
  const watched = await withTimedKernels(timed, () => Training.open({ kind, threads: 1 }));
  const [plainly, watchedly] = [plain.pretrain(), watched.pretrain()];
  const steps: Step[] = [];
  const run = () => {
    bare.push(time(() => plainly.next()));
    timed.clear();
    const ms = time(() => watchedly.next());
    steps.push({ ms, inside: new Map(timed) });
  };
  const close = () => Promise.all([plain.close(), watched.close()]);
  return { kind, run, steps, bare, close };
}

/** Runs something that loads kernels, which will then note the time spent in each. */
async function withTimedKernels<T>(into: Map<string, number>, work: () => Promise<T>): Promise<T> {
  const { Instance } = WebAssembly;
  // Exports cannot be changed, and the training holds on to what it loads: so it is given others as it loads them.
  WebAssembly.Instance = function timedInstance(module: never, imports: never) {
    const { exports } = new Instance(module, imports);
    return { exports: Object.fromEntries(Object.entries(exports).map(timed)) };
  } as never;
  const timed = ([name, value]: [string, unknown]): [string, unknown] => {
    if (typeof value !== "function") return [name, value];
    return [
      name,
      (...args: unknown[]) => {
        const start = performance.now();
        const result = value(...args);
        into.set(name, (into.get(name) ?? 0) + performance.now() - start);
        return result;
      },
    ];
  };
  try {
    return await work();
  } finally {
    WebAssembly.Instance = Instance;
  }
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function sum(inside: Map<string, number>, names = [...inside.keys()]): number {
  return names.reduce((all, name) => all + (inside.get(name) ?? 0), 0);
}
