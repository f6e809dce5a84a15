import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Engine } from "./engines.ts";

/** OpenBLAS on one thread, as a C program at -O3; or a sentence on why not. */
export async function openblas(
  source: string,
  folder: string,
): Promise<(Engine & { core: string }) | string> {
  const program = join(folder, "openblas");
  try {
    // biome-ignore format: one command
    execFileSync("cc", ["-O3", "-march=native", source, "-o", program, "-lopenblas"], { stdio: "pipe" });
  } catch {
    return "No OpenBLAS: cc cannot build scripts/bench-openblas.c. On Debian: apt-get install gcc libopenblas-dev";
  }
  const child = spawn(program, {
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.unref();
  const lines = createInterface({ input: child.stdout });
  const next = async () => String((await once(lines, "line"))[0]);
  const core = await next();
  return {
    name: "OpenBLAS",
    core,
    async run(of, reps) {
      const flags = [of.turnA, of.turnB, of.add].map(Number);
      const answer = next();
      child.stdin.write(
        `${[of.m, of.n, of.k, ...flags, of.lda, of.ldb, of.ldc, reps].join(" ")}\n`,
      );
      const [seconds = 0, sum = 0] = (await answer).split(" ").map(Number);
      return { seconds, sum };
    },
  };
}
