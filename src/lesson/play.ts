import { LabError, ReplyFault } from "../errors.ts";
import type { Answer, Move, Question, Stage } from "../stage/port.ts";
import {
  type Emit,
  EVENTS_VERSION,
  type EventOf,
  type LabEvent,
  type NextCommand,
  type ParamValue,
} from "../trace/events.ts";
import type { Recorder } from "../trace/recorder.ts";
import { totalsOf } from "../trace/totals.ts";
import { attempt, Failure } from "./attempt.ts";
import { stepContext } from "./context.ts";
import { askParam } from "./edit.ts";
import { endingOf } from "./ending.ts";
import { forParams, judge, runOf } from "./judge.ts";
import { describeParams, heldBy, paramsRead, valuesOf } from "./params.ts";
import { Scratch } from "./scratch.ts";
import { type OpenKit, type OpenSection, Sections } from "./sections.ts";
import type { Choice, Lesson, LoadedStep, Models, StepBody, Talk } from "./types.ts";
import { untilAborted } from "./until-aborted.ts";

export type Outcome = EventOf<"lesson-end">["outcome"];

export interface PlayOptions {
  lesson: Lesson;
  /** ids of the sections to play, in order */
  sections: string[];
  /** the step to begin with in the first section, from 1 */
  start?: number;
  /** the step to end each section with, from 1; the last one if not given */
  end?: number;
  /** values by section, for the params that the learner set */
  settings: Record<string, Record<string, ParamValue>>;
  /** Takes every event of the run, as it happens. */
  emit: Emit;
  /** Asks the learner, or answers for one who is not there. */
  ask: Stage["ask"];
  /** Loads the models, and the recorder of what they send and get; called after the heading. */
  connect(emit: Emit): Promise<{ recorder: Recorder; models: Models }>;
  /** what the first line says: the endpoint, the model, and why it is this one */
  run: { endpoint: string; model: string; why: string; pricesAsOf: string };
  openKit: OpenKit;
  /** Writes a step as a program, with the values of its params; says where. */
  writeProgram?(step: string, params: Record<string, ParamValue>): Promise<string>;
  /** the text of the learner's own file, for lessons that read a table */
  file?: string;
  /** what the learner types after this */
  next?: NextCommand;
  /** ends the run: nothing more is asked or sent */
  signal: AbortSignal;
}

/**
 * Plays sections of a lesson on a stage.
 *
 * Every step builds what it needs anew, so going back or again is running a step's body again.
 * What the learner set stays set.
 */
export async function play(options: PlayOptions): Promise<Outcome> {
  return new Player(options).play();
}

class Player {
  readonly #options: PlayOptions;
  #connection: Promise<{ recorder: Recorder; models: Models }> | undefined;
  readonly #all: LabEvent[] = [];
  readonly #sections: Sections;
  #hasLeft = false;
  #step: LabEvent[] = [];
  readonly #say = ({ message, hint }: LabError) =>
    this.#emit({ type: "error-raised", message, hint });
  /** steps that failed, and did not succeed when they were run again */
  readonly #failed = new Set<string>();
  /** what the learner changed in the run, by params' names: it holds wherever a name returns */
  #changed: Record<string, ParamValue> = {};

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#sections = new Sections(options.lesson, options.openKit);
  }

  /** The recorder and the models, loaded when they are first needed. */
  #connect() {
    this.#connection ??= this.#options.connect((event) => this.#emit(event));
    return this.#connection;
  }

  async play(): Promise<Outcome> {
    const { lesson, sections, run, next } = this.#options;
    const { id, title } = lesson;
    await this.#emit({ type: "run-start", version: EVENTS_VERSION, kind: "lesson", ...run });
    await this.#emit({ type: "lesson-start", lesson: id, title, sections });
    const left = await this.#playSections();
    const failed = [...this.#failed];
    const outcome = left === "done" && failed.length > 0 ? "partly" : left;
    await this.#emit(endingOf({ lesson, sections, events: this.#all, outcome, failed, next }));
    return outcome;
  }

  async #playSections(): Promise<Outcome> {
    const { sections } = this.#options;
    let fromEnd = false;
    let first = (this.#options.start ?? 1) - 1;
    for (let at = 0; at < sections.length; ) {
      const section = await this.#sections.open(sections[at] ?? "");
      const last = section.steps.length - 1;
      const left = await this.#playSection(section, fromEnd ? last : Math.min(first, last));
      first = 0;
      if (left === "quit" || left === "failed") return left;
      // Before the first section there is nothing: its first step is shown again.
      fromEnd = left === "back" && at > 0;
      at = left === "back" ? Math.max(0, at - 1) : at + 1;
    }
    return "done";
  }

  /** Plays a section from a step on, by its index. */
  async #playSection(section: OpenSection, first: number): Promise<Left> {
    const { id, title, prose, steps } = section;
    const end = Math.min(this.#options.end ?? Infinity, steps.length);
    const params = describeParams(section.params, this.#values(section));
    await this.#emit({ type: "section-start", section: id, title, prose, params });
    let left: Left = "next";
    for (let at = first; at < end; ) {
      left = await this.#playStep(section, at, left === "again");
      if (left === "quit" || left === "failed") return left;
      if (left === "back" && at === 0) return "back";
      if (left === "next") at += 1;
      if (left === "back") at -= 1;
    }
    if (end === steps.length) await this.#emit({ type: "section-end", section: id });
    return "next";
  }

  async #playStep(section: OpenSection, at: number, again: boolean): Promise<Left> {
    const step = section.steps[at] as LoadedStep;
    const { id, title, prose, code } = step;
    const { prediction, brief } = step.step;
    const params = this.#values(section);
    this.#step = [];
    const [place, of] = [at + 1, section.steps.length];
    const shown = { title, prose, code, place, of, params: paramsRead(code.text, params), brief };
    await this.#emit({ type: "step-start", step: id, ...shown });
    const move = again ? "next" : await this.#before(section);
    if (move !== "next") return move;
    const scratch = new Scratch();
    try {
      const predicted = prediction
        ? await this.#choose(
            forParams(prediction.question, params),
            forParams(prediction.choices, params),
          )
        : null;
      if (this.#hasLeft) return "quit";
      const talk = await this.#runBody(section, step, scratch);
      if (talk instanceof Failure) {
        this.#failed.add(id);
        return await this.#afterFailure(section, talk.error);
      }
      this.#failed.delete(id);
      if (prediction) await this.#emit(judge(prediction, predicted, runOf(params, this.#step)));
      await this.#emit({ type: "step-end", step: id, totals: totalsOf(this.#step) });
      return await this.#after(section, id, talk);
    } finally {
      await scratch.remove();
    }
  }

  async #runBody(section: OpenSection, { step }: LoadedStep, scratch: Scratch) {
    const { file } = this.#options;
    const { models } = await this.#connect();
    const now = () => performance.now();
    const emit = (event: LabEvent) => this.#emit(event);
    const context = stepContext({
      models,
      params: this.#values(section),
      emit,
      events: this.#step,
      scratch,
      choose: (question, choices) => this.#choose(question, choices),
      file,
    });
    const tools = section.toolMakers.map((make) => make({ models, emit, scratch, now }));
    // The section's type says which tools its bodies may use.
    const body = step.body as StepBody<object>;
    return this.#guard(async () => (await body(Object.assign(context, ...tools))) ?? undefined);
  }

  async #guard<T>(body: () => Promise<T>): Promise<T | Failure> {
    const { signal } = this.#options;
    const { recorder } = await this.#connect();
    const outcome = await attempt(() => untilAborted(recorder.run(body), signal), signal);
    if (outcome instanceof Failure) await this.#say(outcome.error);
    return outcome;
  }

  /** Asks before a step runs: "next" runs it, "shown" shows it again because a param changed. */
  async #before(section: OpenSection): Promise<Left> {
    const question: Question = { kind: "move", at: "before", choices: BEFORE, fallback: "next" };
    for (;;) {
      const move = await this.#ask(question);
      if (move !== "edit") return move as Left;
      if (await this.#edit(section)) return "shown";
    }
  }

  async #after(section: OpenSection, step: string, talk: Talk | undefined): Promise<Left> {
    const able = { write: this.#options.writeProgram, ask: talk };
    const choices = AFTER.filter((move) => !(move in able) || able[move as keyof typeof able]);
    const question: Question = { kind: "move", at: "after", choices, fallback: "next" };
    for (;;) {
      const move = await this.#ask(question);
      if (move === "ask") await this.#talk(talk);
      else if (move === "write") await this.#write(section, step);
      else if (move !== "edit") return move;
      else if (await this.#edit(section)) return "again";
    }
  }

  /** A lesson that nobody watches goes on where only a model's words are at fault. */
  async #afterFailure(section: OpenSection, error: LabError): Promise<Left> {
    const choices: Move[] = ["again", "next", "back", "edit", "quit"];
    const fallback = error instanceof ReplyFault ? "next" : "quit";
    const question = { kind: "move", at: "failed", choices, fallback } as const;
    for (;;) {
      const move = await this.#ask(question);
      if (move === "quit") return "failed";
      if (move !== "edit") return move as Left;
      if (await this.#edit(section)) return "again";
    }
  }

  /** Lets the learner change one param; true if one was changed. */
  async #edit(section: OpenSection): Promise<boolean> {
    const ask = (question: Question) => this.#answer(question);
    return this.#orSay(async () => {
      const changed = await askParam(section.params, this.#values(section), ask, this.#say);
      this.#changed = { ...this.#changed, ...changed };
      return changed !== undefined;
    });
  }

  /** Writes the step as a program, or says why it cannot be one. */
  async #write(section: OpenSection, step: string): Promise<void> {
    await this.#orSay(async () => {
      const text = await this.#options.writeProgram?.(step, this.#values(section));
      if (text !== undefined) await this.#emit({ type: "note-shown", text });
      return true;
    });
  }

  /** Does something that the learner asked for; false where it failed, and that was said. */
  async #orSay(doing: () => Promise<boolean>): Promise<boolean> {
    try {
      return await doing();
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      await this.#say(error);
      return false;
    }
  }

  /** The learner's own line, said to what the step built. */
  async #talk(talk: Talk | undefined) {
    const answer = await this.#answer({
      kind: "text",
      question: "Say something of your own",
      fallback: null,
    });
    const said = answer.value?.trim();
    if (!said) return;
    await this.#guard(async () => {
      if (typeof talk === "function") await talk(said);
      else await talk?.invoke({ input: said });
    });
  }

  async #choose(question: string, offered: readonly Choice[]): Promise<string | null> {
    const choices = offered.map(String);
    const numeric = offered.every((choice) => typeof choice === "number");
    await this.#emit({ type: "question-asked", question, choices });
    const asked = { kind: "choice", question, choices, numeric, fallback: null } as const;
    const answer = await this.#answer(asked);
    this.#hasLeft = answer.value === null && answer.quits === true;
    await this.#emit({ type: "question-answered", answer: answer.value, by: answer.by });
    return answer.value;
  }

  async #ask(question: Question & { kind: "move" }): Promise<Move> {
    const answer = await this.#answer(question);
    return answer.value === null ? question.fallback : (answer.value as Move);
  }

  async #answer(question: Question): Promise<Answer> {
    const { ask, signal } = this.#options;
    return untilAborted(ask(question), signal);
  }

  #values(section: OpenSection): Record<string, ParamValue> {
    const { params, id } = section;
    return valuesOf(params, { ...this.#options.settings[id], ...heldBy(params, this.#changed) });
  }

  async #emit(event: LabEvent): Promise<void> {
    if (this.#options.signal.aborted) return;
    this.#all.push(event);
    this.#step.push(event);
    await this.#options.emit(event);
  }
}

const BEFORE: Move[] = ["next", "back", "edit", "quit"];
const AFTER: Move[] = ["next", "again", "back", "edit", "ask", "write", "quit"];
/** How a step is left; "shown": it did not run, and is to be shown again. */
type Left = Exclude<Move, "edit" | "ask" | "write"> | "shown" | "failed";
