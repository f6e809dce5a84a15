import { existsSync } from "node:fs";
import type { Exercise } from "./exercises.ts";
import { type LearnerFolder, resetFile } from "./folder.ts";
import { readHints, readSolution } from "./hints.ts";
import { HINTS, maySeeSolution, recordOf } from "./progress/done.ts";
import type { ProgressFile } from "./progress/file.ts";
import type { Progress } from "./progress/record.ts";
import { CheckProcess } from "./run-check.ts";
import { watchSaves } from "./saves.ts";
import type { Verdict } from "./verdict.ts";
import {
  headingLines,
  keyRows,
  type Page,
  promptLines,
  proseLines,
  verdictLines,
} from "./verdict-text.ts";

export interface WatchOptions {
  exercises: readonly Exercise[];
  /** the one to begin with; the learner's own place without it */
  first?: Exercise;
  folder: LearnerFolder;
  progress: ProgressFile;
  env: Record<string, string | undefined>;
  poll: boolean;
  page: Page;
  /** prints lines */
  say(lines: string[]): void;
  /** what the learner types, one key at a time; it ends where nobody can type any more */
  keys: AsyncIterable<string>;
  /** whether a key waits until the check under way is told: for keys that a program types */
  inTurn: boolean;
  /** opens a file in the learner's editor; says why it cannot */
  openEditor(file: string, onFail: (why: string) => void): void;
  /** the exercises, as a list with what is passed */
  listLines(progress: Progress): string[];
  signal: AbortSignal;
  now(): Date;
}

/** Checks an exercise at each save, until the learner quits. */
export async function watchExercises(options: WatchOptions): Promise<void> {
  const watch = new Watch(options);
  try {
    await watch.run();
  } finally {
    watch.end();
  }
}

class Watch {
  readonly #options: WatchOptions;
  #exercise: Exercise;
  #progress: Progress;
  /** the process that waits for the next save */
  #child: CheckProcess | undefined;
  /** which check is the newest: an older one is not told */
  #run = 0;
  #verdict: Verdict | undefined;
  #busy: Promise<void> = Promise.resolve();
  #endSaves: () => void = () => {};

  constructor(options: WatchOptions) {
    const { progress, exercises, first } = options;
    this.#options = options;
    this.#progress = progress.read();
    this.#exercise = first ?? whereLeft(exercises, this.#progress);
  }

  async run(): Promise<void> {
    const { signal, keys, progress, say } = this.#options;
    if (progress.notice) say([progress.notice]);
    await this.#open(this.#exercise);
    const aborted = new Promise<{ done: true }>((resolve) =>
      signal.addEventListener("abort", () => resolve({ done: true }), { once: true }),
    );
    const typed = keys[Symbol.asyncIterator]();
    while (!signal.aborted) {
      const next = await Promise.race([typed.next(), aborted]);
      if (this.#options.inTurn) await Promise.race([this.#busy, aborted]);
      // Without a keyboard the watch goes on until it is ended from outside.
      if (next.done) await aborted;
      else if ((await this.#press(next.value)) === "quit") break;
    }
    if (!signal.aborted) say(["", "Run llm-lab watch to go on here."]);
  }

  end(): void {
    // A check that is under way is told no more, and prepares no other.
    this.#run += 1;
    this.#endSaves();
    this.#child?.end();
  }

  async #open(exercise: Exercise): Promise<void> {
    const { folder, poll, say, page } = this.#options;
    this.#exercise = exercise;
    this.#verdict = undefined;
    this.#endSaves();
    this.#child?.end();
    const file = folder.fileOf(exercise);
    if (!existsSync(file)) resetFile(folder, exercise);
    this.#progress = await this.#update((progress) => {
      progress.exercise = exercise.name;
      recordOf(progress, exercise.name, this.#now());
    });
    say(["", ...headingLines(exercise, page), page.style.faint(page.pathOf(file)), ""]);
    this.#prepare();
    this.#endSaves = watchSaves({
      file,
      poll,
      onSave: () => this.#start("saved"),
      onPoll: () =>
        say(["This disk does not tell of changes, so the file is looked at every half second."]),
    });
    this.#start("opened");
  }

  /** Begins a check; keys are heard meanwhile. */
  #start(why: "opened" | "saved" | "asked"): void {
    this.#busy = this.#check(why);
  }

  #prepare(): void {
    const { folder, env } = this.#options;
    this.#child?.end();
    const file = folder.fileOf(this.#exercise);
    this.#child = new CheckProcess({ exercise: this.#exercise, file, env });
  }

  async #check(why: "opened" | "saved" | "asked"): Promise<void> {
    const { say, page } = this.#options;
    this.#run += 1;
    const run = this.#run;
    const exercise = this.#exercise;
    // A process that has begun another check is of no use any more.
    if (this.#verdict === undefined && why !== "opened") this.#prepare();
    this.#verdict = undefined;
    const child = this.#child;
    if (child === undefined) return;
    const slow = setTimeout(() => {
      if (run === this.#run) say([page.style.faint("Checking …")]);
    }, SLOW_MS);
    const verdict = await child.run({ seed: seedOf() }).finally(() => clearTimeout(slow));
    if (run !== this.#run) return;
    this.#verdict = verdict;
    this.#prepare();
    this.#progress = await this.#update((progress) => {
      const record = recordOf(progress, exercise.name, this.#now());
      record.checks += 1;
      if (verdict.outcome === "passed") record.passed ??= this.#now();
    });
    if (run !== this.#run) return;
    const again = why === "opened" ? [] : [page.style.faint(`${exercise.name}, ${this.#clock()}`)];
    say([...again, ...verdictLines(verdict, page), ...this.#afterLines(verdict), ""]);
    say([...this.#keyLines(), ""]);
  }

  async #press(key: string): Promise<"quit" | undefined> {
    const { say, page, exercises, folder, openEditor, listLines } = this.#options;
    const at = exercises.indexOf(this.#exercise);
    const file = folder.fileOf(this.#exercise);
    switch (key) {
      case "q":
        return "quit";
      case "r":
        this.#start("asked");
        return undefined;
      case "h":
        await this.#hint();
        return undefined;
      case "l":
        say(["", ...listLines(this.#progress), "", ...this.#keyLines(), ""]);
        return undefined;
      case "p":
        say([...this.#promptLines(), ...this.#keyLines(), ""]);
        return undefined;
      case "o":
        openEditor(file, (why) => say([why]));
        return undefined;
      case "x": {
        const copy = resetFile(folder, this.#exercise);
        const kept = copy ? ` Yours is kept as ${page.pathOf(copy)}.` : "";
        say([`The file is as it was at the beginning.${kept}`]);
        return undefined;
      }
      case "s":
        await this.#solution();
        return undefined;
      case "n":
      case "b": {
        const other = exercises[at + (key === "n" ? 1 : -1)];
        if (other) await this.#open(other);
        else say([key === "n" ? "This is the last exercise." : "This is the first exercise."]);
        return undefined;
      }
      default:
        return undefined;
    }
  }

  async #hint(): Promise<void> {
    const { say, page } = this.#options;
    const hints = readHints(this.#exercise);
    let shown = 0;
    this.#progress = await this.#update((progress) => {
      const record = recordOf(progress, this.#exercise.name, this.#now());
      shown = Math.min(record.hints, hints.length - 1);
      record.hints = shown + 1;
    });
    const title = page.style.strong(`Hint ${shown + 1} of ${hints.length}`);
    say(["", title, ...proseLines(hints[shown] ?? "", page), "", ...this.#keyLines(), ""]);
  }

  async #solution(): Promise<void> {
    const { say, page } = this.#options;
    const { name } = this.#exercise;
    if (!maySeeSolution(this.#progress.exercises[name])) {
      say([`The solution can be seen after passing, or after ${HINTS} hints: h shows the next.`]);
      return;
    }
    this.#progress = await this.#update((progress) => {
      const record = recordOf(progress, name, this.#now());
      if (record.passed === undefined) record.shown ??= this.#now();
    });
    const title = page.style.strong("A solution; yours may be another");
    say(["", title, "", ...readSolution(this.#exercise).split("\n"), "", ...this.#keyLines(), ""]);
  }

  #promptLines(): string[] {
    const { page } = this.#options;
    const verdict = this.#verdict;
    if (verdict === undefined || verdict.sent.length === 0) return ["Nothing was sent.", ""];
    const unwanted = verdict.outcome === "failed" ? verdict.difference?.unwanted : undefined;
    return verdict.sent.flatMap((prompt, at) => [
      page.style.faint(`Request ${at + 1} of ${verdict.sent.length}:`),
      ...promptLines(prompt, unwanted, page),
      "",
    ]);
  }

  #afterLines(verdict: Verdict): string[] {
    if (verdict.outcome !== "passed") return [];
    const { exercises } = this.#options;
    const passed = exercises.filter(({ name }) => this.#progress.exercises[name]?.passed).length;
    const isLast = this.#exercise === exercises.at(-1);
    const next = isLast ? "" : " n goes on to the next.";
    return [`${passed} of ${exercises.length} exercises passed.${next}`];
  }

  #keyLines(): string[] {
    const { page, exercises } = this.#options;
    const record = this.#progress.exercises[this.#exercise.name];
    const isPassed = this.#verdict?.outcome === "passed";
    const hint = `h hint ${Math.min((record?.hints ?? 0) + 1, HINTS)} of ${HINTS}`;
    const keys = [
      ...(isPassed && this.#exercise !== exercises.at(-1) ? ["n next"] : []),
      "r run",
      ...(isPassed ? [] : [hint]),
      ...(maySeeSolution(record) ? ["s solution"] : []),
      "o open",
      "p prompts",
      "l list",
      "x reset",
      ...(isPassed ? [] : ["n next"]),
      "b back",
      "q quit",
    ];
    return keyRows(keys, page.width).map((row) => page.style.faint(row));
  }

  #update(change: (progress: Progress) => void): Promise<Progress> {
    return this.#options.progress.update(change);
  }

  #now(): string {
    return this.#options.now().toISOString();
  }

  #clock(): string {
    return this.#options.now().toTimeString().slice(0, 8);
  }
}

/** After this time the learner is told that a check is still under way. */
const SLOW_MS = 1500;

/** Where the learner stopped, or else the first exercise that is not passed. */
function whereLeft(exercises: readonly Exercise[], progress: Progress): Exercise {
  const left = exercises.find(({ name }) => name === progress.exercise);
  const open = exercises.find(({ name }) => progress.exercises[name]?.passed === undefined);
  const first = left ?? open ?? exercises[0];
  if (first === undefined) throw new Error("there are no exercises");
  return first;
}

/** Another input for each check. */
const seedOf = () => Math.floor(Math.random() * 2 ** 31);
