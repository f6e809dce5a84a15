import type { EventOf, LabEvent } from "../trace/events.ts";
import { ERASE_LINE, eraseLines, HIDE_CURSOR, SHOW_CURSOR, toFirst } from "./escapes.ts";
import type { WorkProgress } from "./work-frames.ts";

interface BlockScreen {
  write(text: string): void;
  /** the work, as lines that are shorter than the screen is wide, and fewer than it is high */
  draw(progress: WorkProgress): string[];
  now(): number;
}

/** More points than the dots of any screen say nothing more. */
const MOST_POINTS = 2000;

/** The work is over, or what it was part of is. */
const ENDS = new Set<LabEvent["type"]>([
  "work-end",
  "error-raised",
  "step-start",
  "step-end",
  "lesson-end",
]);

/**
 * The work that goes on, drawn anew in place at the bottom of the screen.
 *
 * What is printed meanwhile goes above it: hide the block, print, show it again.
 */
export class LiveBlock {
  readonly #screen: BlockScreen;
  #progress: WorkProgress | undefined;
  /** what was done when the clock started */
  #first: { done: number; at: number } | undefined;
  /** the lines that stand on the screen; the cursor is behind the last of them */
  #lines: string[] = [];

  constructor(screen: BlockScreen) {
    this.#screen = screen;
  }

  /** Whether work goes on. */
  get isOn(): boolean {
    return this.#progress !== undefined;
  }

  /** Takes from an event what the block is to show. */
  follow(event: LabEvent): void {
    if (event.type === "work-step") this.#step(event);
    if (event.type === "work-start") {
      this.#progress = { start: event, step: undefined, points: [], leftMs: null };
      // A training that is resumed does not begin at zero.
      const isNew = event.curve === undefined;
      this.#first = isNew ? { done: 0, at: this.#screen.now() } : undefined;
    }
    if (ENDS.has(event.type)) {
      this.hide();
      this.#progress = undefined;
    }
  }

  #step(step: EventOf<"work-step">): void {
    const progress = this.#progress;
    if (progress?.start.work !== step.work) return;
    progress.step = step;
    progress.leftMs = this.#left(step.done, step.of);
    if (step.value === undefined) return;
    progress.points.push({ x: step.done, y: step.value });
    if (progress.points.length > MOST_POINTS)
      progress.points = progress.points.filter((_, place) => place % 2 === 0);
  }

  /** Milliseconds that are left at the speed so far; null at the first step. */
  #left(done: number, of: number): number | null {
    const at = this.#screen.now();
    this.#first ??= { done, at };
    const since = done - this.#first.done;
    return since > 0 ? ((at - this.#first.at) / since) * (of - done) : null;
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
