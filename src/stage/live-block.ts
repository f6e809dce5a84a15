import type { EventOf, LabEvent } from "../trace/events.ts";
import { ERASE_LINE, eraseLines, HIDE_CURSOR, SHOW_CURSOR, toFirst } from "./escapes.ts";
import type { CountProgress } from "./progress-frames.ts";
import type { Progress } from "./training-frames.ts";

/** What goes on: a training, a piece of work that is counted, or an indexing. */
export type LiveProgress = Progress | CountProgress | IndexProgress;

/** An indexing, at its last step. */
interface IndexProgress {
  indexed: EventOf<"index-step">;
}

interface BlockScreen {
  write(text: string): void;
  /** what goes on, as lines that are shorter than the screen is wide, and fewer than it is high */
  draw(progress: LiveProgress): string[];
  now(): number;
}

/** More points than the dots of any screen say nothing more. */
const MOST_POINTS = 2000;

/** What goes on is over, or what it was part of is. */
const ENDS = new Set<LabEvent["type"]>([
  "training-end",
  "progress-end",
  "index-end",
  "error-raised",
  "step-start",
  "step-end",
  "lesson-end",
]);

/**
 * The training or other work that goes on, drawn anew in place at the bottom of the screen.
 *
 * What is printed meanwhile goes above it: hide the block, print, show it again.
 */
export class LiveBlock {
  readonly #screen: BlockScreen;
  #progress: LiveProgress | undefined;
  /** the first step that was seen, and when: a resumed training does not begin at zero */
  #first: { step: number; at: number } | undefined;
  /** the lines that stand on the screen; the cursor is behind the last of them */
  #lines: string[] = [];

  constructor(screen: BlockScreen) {
    this.#screen = screen;
  }

  /** Whether something goes on. */
  get isOn(): boolean {
    return this.#progress !== undefined;
  }

  /** Takes from an event what the block is to show. */
  follow(event: LabEvent): void {
    if (event.type === "training-step") this.#step(event);
    if (event.type === "progress-step") this.#count(event);
    if (event.type === "index-step") this.#progress = { indexed: event };
    if (event.type === "progress-start") {
      this.#progress = { counted: event, done: 0, leftMs: null };
      this.#first = { step: 0, at: this.#screen.now() };
    }
    if (event.type === "training-start") {
      this.#progress = { start: event, step: undefined, points: [], leftMs: null };
      this.#first = undefined;
    }
    if (ENDS.has(event.type)) {
      this.hide();
      this.#progress = undefined;
    }
  }

  #step(step: EventOf<"training-step">): void {
    const progress = this.#progress;
    if (!progress || !("start" in progress) || progress.start.stage !== step.stage) return;
    progress.step = step;
    progress.leftMs = this.#left(step.step, step.of);
    progress.points.push({ x: step.step, y: step.value });
    if (progress.points.length > MOST_POINTS)
      progress.points = progress.points.filter((_, place) => place % 2 === 0);
  }

  #count({ done, of }: EventOf<"progress-step">): void {
    const progress = this.#progress;
    if (!progress || !("counted" in progress)) return;
    progress.done = done;
    progress.leftMs = this.#left(done, of);
  }

  /** Milliseconds that are left at the speed so far; null at the first step. */
  #left(step: number, of: number): number | null {
    const at = this.#screen.now();
    this.#first ??= { step, at };
    const done = step - this.#first.step;
    return done > 0 ? ((at - this.#first.at) / done) * (of - step) : null;
  }

  /** Draws the block, or those of its lines that have changed. */
  show(): void {
    if (!this.#progress) return;
    const lines = this.#screen.draw(this.#progress);
    const before = this.#lines;
    if (before.length > 0 && before.length !== lines.length) this.hide();
    const isThere = this.#lines.length > 0;
    const text = lines.map((line, at) =>
      isThere && line === before[at] ? "" : `${ERASE_LINE}${line}`,
    );
    this.#screen.write((isThere ? toFirst(before.length) : HIDE_CURSOR) + text.join("\n"));
    this.#lines = lines;
  }

  /** Takes the block off the screen; the cursor is where it began. */
  hide(): void {
    if (this.#lines.length > 0)
      this.#screen.write(`${eraseLines(this.#lines.length)}${SHOW_CURSOR}`);
    this.#lines = [];
  }

  /** Draws the block on a screen that was erased, if it stood there. */
  drawAgain(): void {
    if (this.#lines.length === 0) return;
    this.#lines = [];
    this.show();
  }
}
