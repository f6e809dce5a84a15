import { type ChildProcess, fork } from "node:child_process";
import { LabError } from "../errors.ts";
import { formatSeconds } from "../format.ts";
import type { Order, SectionReport } from "./orders.ts";

interface TeamOptions {
  /** how many processes play at a time */
  jobs: number;
  /** the path of what each process runs */
  program: string;
  env: Record<string, string | undefined>;
  /** where they run: a folder without settings */
  cwd: string;
  signal: AbortSignal;
  /** milliseconds that a section may take */
  mostMs: number;
  /** Hears of each section when it was played. */
  onReport(report: SectionReport, order: Order): void;
}

type Told = { report: SectionReport } | { error: string };

/**
 * Plays sections in processes of their own, each of which takes one after the other.
 *
 * @returns the reports, in the order of the orders
 */
export async function playAll(
  orders: readonly Order[],
  options: TeamOptions,
): Promise<SectionReport[]> {
  const { jobs, signal, onReport } = options;
  const reports: SectionReport[] = [];
  const left = [...orders.entries()];
  const playOneAfterTheOther = async () => {
    let player: Player | undefined;
    for (let next = left.shift(); next && !signal.aborted; next = left.shift()) {
      const [at, order] = next;
      player ??= new Player(options);
      const report = await player.play(order);
      if (player.hasEnded) player = undefined;
      reports[at] = report;
      onReport(report, order);
    }
    player?.end();
  };
  await Promise.all(Array.from({ length: jobs }, playOneAfterTheOther));
  return reports.filter((report) => report !== undefined);
}

/** One process, which loads LangChain once for many sections. */
class Player {
  readonly #child: ChildProcess;
  readonly #options: TeamOptions;
  #printed = "";
  hasEnded = false;

  constructor(options: TeamOptions) {
    const { program, env, cwd, signal } = options;
    this.#options = options;
    this.#child = fork(program, [], {
      env,
      cwd,
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (text) => {
        this.#printed = (this.#printed + text).slice(-2000);
      });
    this.#child.once("close", () => {
      this.hasEnded = true;
    });
    signal.addEventListener("abort", () => this.#child.kill("SIGKILL"), { once: true });
  }

  play(order: Order): Promise<SectionReport> {
    const { mostMs, signal } = this.#options;
    const child = this.#child;
    const started = performance.now();
    return new Promise((resolve, reject) => {
      let isLate = false;
      const clock = setTimeout(() => {
        isLate = true;
        child.kill("SIGKILL");
      }, mostMs);
      const settle = (settling: () => void) => {
        clearTimeout(clock);
        child.off("message", hear).off("close", close).off("error", reject);
        settling();
      };
      const stopped = (says: string) => stopOf(order, says, performance.now() - started);
      const hear = (told: Told) =>
        settle(() => resolve("report" in told ? told.report : stopped(told.error)));
      const close = (code: number | null, killed: string | null) =>
        settle(() => {
          if (signal.aborted) return reject(new LabError("Interrupted", "", 130));
          const how = killed ?? `exit code ${code}`;
          const last = this.#printed.trim().split("\n").at(-1) ?? "";
          const late = `It was still playing after ${formatSeconds(mostMs)}.`;
          resolve(stopped(isLate ? late : `Its process ended (${how}). ${last}`.trim()));
        });
      child.once("message", hear).once("close", close).once("error", reject);
      child.send(order);
    });
  }

  /** It has nothing left to do. */
  end(): void {
    this.#child.kill();
  }
}

/** The report of a section that told nothing itself. */
function stopOf({ lesson, section }: Order, says: string, ms: number): SectionReport {
  const [id, file] = [`${lesson}/${section}`, `lessons/${lesson}/${section}.ts`];
  return {
    section: id,
    file,
    ms,
    outcomes: [],
    left: 0,
    stops: [{ step: id, file, line: 1, says }],
  };
}
