import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Engine } from "./engines.ts";
import { fill, type Product, ROOM } from "./products.ts";

const VERSION = "4.22.0";
const PACKAGES = ["core", "backend-cpu", "backend-wasm"].map((name) => `@tensorflow/tfjs-${name}`);

/** The little of tfjs that is used here; the package is not there when types are checked. */
interface Tensor {
  dispose(): void;
  dataSync(): Float32Array;
}
interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  matMul(a: Tensor, b: Tensor, turnA?: boolean, turnB?: boolean): Tensor;
  transpose(a: Tensor): Tensor;
  env(): { set(flag: string, value: boolean): void };
}

/**
 * The backends of @tensorflow/tfjs that run under Node without a native part, on one thread; or a sentence on why not.
 * It is installed for this alone, 70 MB, so it is no dependency of the package.
 */
export async function tfjs(folder: string, mayInstall: boolean): Promise<Engine[] | string> {
  const isThere = PACKAGES.every((name) => existsSync(join(folder, "node_modules", name)));
  if (!isThere && !mayInstall) return "No tfjs: it is installed by a run without --quick";
  if (!isThere) {
    console.error(`Installing tfjs ${VERSION} in ${folder}, once`);
    try {
      install(folder);
    } catch {
      return `No tfjs: npm could not install it in ${folder}; is there a network?`;
    }
  }
  const require = createRequire(join(folder, "package.json"));
  const [core, , wasm] = PACKAGES.map((name) => require(name));
  core.env().set("IS_TEST", true); // or it greets
  wasm.setThreadsCount(1);
  return ["wasm", "cpu"].map((backend) => engine(core, backend));
}

function install(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder];
  const wanted = PACKAGES.map((name) => `${name}@${VERSION}`);
  execFileSync("npm", ["install", ...quiet, ...wanted], { cwd: folder, stdio: "pipe" });
}

function engine(tf: Tfjs, backend: string): Engine {
  const matrices = new Map<Product, [Tensor, Tensor]>();
  /** The WASM backend multiplies turned matrices ten times as slowly as it turns them first and then multiplies. */
  const multiply = (a: Tensor, b: Tensor, { turnA, turnB }: Product): Tensor => {
    if (backend !== "wasm") return tf.matMul(a, b, turnA, turnB);
    const [left, right] = [turnA ? tf.transpose(a) : a, turnB ? tf.transpose(b) : b];
    const product = tf.matMul(left, right);
    if (turnA) left.dispose();
    if (turnB) right.dispose();
    return product;
  };
  return {
    name: `tfjs ${backend}`,
    isSlow: backend === "cpu",
    async run(of, reps) {
      if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend ${backend} here`);
      const [a, b] = matrices.get(of) ?? makeMatrices(tf, of);
      matrices.set(of, [a, b]);
      const first = multiply(a, b, of);
      const sum = first.dataSync().reduce((all, value) => all + value ** 2, 0);
      first.dispose();
      const start = performance.now();
      for (let rep = 0; rep < reps; rep++) multiply(a, b, of).dispose();
      return { seconds: (performance.now() - start) / 1000, sum };
    },
  };
}

/** tfjs knows no strides: the values that the others find among more are put together for it. */
function makeMatrices(tf: Tfjs, of: Product): [Tensor, Tensor] {
  const dense = (seed: number, rows: number, columns: number, wide: number) => {
    const all = fill(new Float32Array(ROOM), seed);
    const values = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++)
      values.set(all.subarray(row * wide, row * wide + columns), row * columns);
    return tf.tensor2d(values, [rows, columns]);
  };
  const [aRows, aColumns] = of.turnA ? [of.k, of.m] : [of.m, of.k];
  const [bRows, bColumns] = of.turnB ? [of.n, of.k] : [of.k, of.n];
  return [dense(1, aRows, aColumns, of.lda), dense(2, bRows, bColumns, of.ldb)];
}
