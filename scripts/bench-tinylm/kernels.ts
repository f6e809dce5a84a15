import { KERNELS, type KernelKind } from "../../src/kernels/kernels.ts";
import { isSupported } from "../../src/kernels/load.ts";
import { type Engine, naive, own } from "./engines.ts";
import type { Places, Print } from "./main.ts";
import { openblas } from "./openblas.ts";
import { flops, HEAD_PRODUCTS, LAYER_PRODUCTS, type Product } from "./products.ts";
import { geometricMean, table } from "./table.ts";
import { tfjs } from "./tfjs.ts";

const GOALS: Partial<Record<KernelKind, number>> = { simd: 0.24, fused: 0.42 };
const PRODUCTS = [...LAYER_PRODUCTS, ...HEAD_PRODUCTS];
/** Floating-point operations of one measurement: a third of a millisecond for the fastest. */
const WORK = 2e7;
const ROUNDS = 48;
/** slow engines have one round in so many: they need no more, being long enough at it to be warm */
const SLOW = 16;

/**
 * GFLOP/s of matrix products on one thread. All engines take turns, product by product and round by
 * round, and the best of their rounds counts, because other work on the machine comes and goes.
 */
export async function measureKernels(places: Places, quick: boolean, print: Print): Promise<void> {
  const [blas, others] = [
    await openblas(places.openblas, places.build),
    await tfjs(places.cache, !quick),
  ];
  const engines = [
    ...(typeof blas === "string" ? [] : [blas]),
    ...KERNELS.filter(isSupported).map(own),
    ...(typeof others === "string" ? [] : others),
    naive(),
  ];
  const best = await measure(engines, quick ? 1 : ROUNDS, quick ? 2e5 : WORK);
  const speed = (engine: Engine, product: Product) =>
    flops(product) / (best.get(engine)?.get(product) ?? Number.NaN) / 1e9;

  print("\nMatrix products on one thread, GFLOP/s: C (m, n) = A (m, k) B (k, n)\n");
  print(
    table(
      ["", "m", "n", "k", ...engines.map(({ name }) => name)],
      PRODUCTS.map((of) => [...sizes(of), ...engines.map((one) => speed(one, of).toFixed(2))]),
    ),
  );
  for (const reason of [blas, others]) if (typeof reason === "string") print(`\n${reason}`);
  if (typeof blas === "string") return;

  const compared = engines.filter((one) => one !== blas);
  const ratio = (one: Engine, of: Product) => speed(one, of) / speed(blas, of);
  const mean = (one: Engine, of: Product[]) => geometricMean(of.map((each) => ratio(one, each)));
  const secondsOfStep = (one: Engine) =>
    PRODUCTS.reduce((sum, of) => sum + of.count * (best.get(one)?.get(of) ?? 0), 0);
  const foot = (name: string, value: (one: Engine) => number) => [
    ...[name, "", "", ""],
    ...compared.map((one) => value(one).toFixed(3)),
  ];
  print(`\nThe same as ratios to OpenBLAS (its ${blas.core} kernels)\n`);
  print(
    table(
      ["", "m", "n", "k", ...compared.map(({ name }) => name)],
      PRODUCTS.map((of) => [...sizes(of), ...compared.map((one) => ratio(one, of).toFixed(3))]),
      [
        foot("geometric mean, layers", (one) => mean(one, LAYER_PRODUCTS)),
        foot("geometric mean, heads", (one) => mean(one, HEAD_PRODUCTS)),
        foot("all products of a step", (one) => secondsOfStep(blas) / secondsOfStep(one)),
      ],
    ),
  );
  if (quick) return;
  print("");
  for (const one of compared) {
    const goal = GOALS[one.name as KernelKind];
    if (goal === undefined) continue;
    const reached = mean(one, LAYER_PRODUCTS);
    print(
      `${reached >= goal ? "✓" : "✗"} ${one.name}: ${reached.toFixed(3)} of OpenBLAS over the layers' products; goal at least ${goal}`,
    );
  }
}

const sizes = ({ name, m, n, k }: Product) => [name, m, n, k];

/** The least seconds of one product, for each engine. */
async function measure(engines: Engine[], rounds: number, work: number) {
  const best = new Map(engines.map((engine) => [engine, new Map<Product, number>()]));
  for (let round = 0; round < rounds; round++) {
    for (const product of PRODUCTS) {
      const reps = Math.ceil(work / flops(product));
      const sums: number[] = [];
      for (const engine of engines) {
        if (engine.isSlow && round % SLOW > 0) continue;
        const { seconds, sum } = await engine.run(product, reps);
        sums.push(sum);
        if (!(Math.abs(sum / sums[0]! - 1) < 1e-4))
          throw new Error(`${engine.name} gets ${product.name} wrong: ${sum}, not ${sums[0]}`);
        const found = best.get(engine)!;
        found.set(product, Math.min(found.get(product) ?? Infinity, seconds / reps));
      }
    }
  }
  return best;
}
