import { curriculum } from "../../lessons/index.ts";
import { kitOpener } from "../kits/all.ts";
import { breachOf, runOf } from "../lesson/judge.ts";
import { loadSection } from "../lesson/load.ts";
import { valuesOf } from "../lesson/params.ts";
import { play } from "../lesson/play.ts";
import type { Lesson, LoadedSection, LoadedStep, SectionModule } from "../lesson/types.ts";
import type { Io } from "../run/io.ts";
import { openRun } from "../run/open.ts";
import { portsOf } from "../run/ports.ts";
import type { Answer, Question, Stage } from "../stage/port.ts";
import type { LabEvent, ParamValue } from "../trace/events.ts";
import type { Order, Outcome, SectionReport, Stop } from "./orders.ts";

/** Plays a section as it ships, and holds what came of it against what it promises. */
export async function playSection(order: Order, io: Io): Promise<SectionReport> {
  const started = performance.now();
  const whole = await curriculum.find(({ id }) => id === order.lesson)?.load();
  if (!whole) throw new Error(`there is no lesson ${order.lesson}`);
  const { lesson, left } = await chooseSteps(whole, order);
  const section = await loadSection(lesson, order.section);
  const values = valuesOf(section.params, order.isFull ? {} : given(section.short));
  const events: LabEvent[] = [];
  const thrown = new Map<string, string>();
  // A body that throws what nobody foresaw ends the play: it goes on behind that step.
  for (let start = 1; start <= section.steps.length; ) {
    try {
      await playFrom(start, { lesson, section, values, events, order, io });
      break;
    } catch (error) {
      const last = events.findLast((event) => event.type === "step-start");
      if (last?.type !== "step-start" || last.place < start) throw error;
      thrown.set(last.step, wordsOf(error));
      start = last.place + 1;
    }
  }
  const found = section.steps.map((step) => outcomesOf(step, values, events, thrown));
  return {
    section: section.id,
    file: `${lesson.folder}/${order.section}.ts`,
    ms: performance.now() - started,
    outcomes: found.flatMap(({ outcomes }) => outcomes),
    stops: found.flatMap(({ stop }) => stop ?? []),
    left,
  };
}

/** The lesson without the slow steps of the section, unless all are to be played. */
async function chooseSteps(
  lesson: Lesson,
  { section, isFull }: Order,
): Promise<{ lesson: Lesson; left: number }> {
  if (isFull) return { lesson, left: 0 };
  const module = (await lesson.sections[section]?.()) as SectionModule;
  const all = module.default.steps;
  const steps = all.filter(({ slow }) => !slow);
  const shortened = async () => ({ ...module, default: { ...module.default, steps } });
  const sections = { ...lesson.sections, [section]: shortened };
  return { lesson: { ...lesson, sections }, left: all.length - steps.length };
}

interface Playing {
  lesson: Lesson;
  section: LoadedSection;
  values: Record<string, ParamValue>;
  events: LabEvent[];
  order: Order;
  io: Io;
}

async function playFrom(start: number, { lesson, section, values, events, order, io }: Playing) {
  const { fault, replay } = order;
  const options = { model: replay === undefined ? "offline" : undefined, replay, fault };
  const stage: Stage = {
    interactive: false,
    // A reply that stops halfway is seen only where it is asked for piece by piece.
    wantsTokens: true,
    emit: (event) => void events.push(event),
    ask: async (question) => goOn(question),
    close: async () => {},
  };
  const run = await openRun(options, io, stage);
  try {
    const ports = portsOf(run, options, io);
    // The processes of `verify` share the machine's cores among them.
    const training = () => ({ ...ports.training(), threads: 1 });
    const { emit, about, signal, connect } = run;
    const openKit = kitOpener({ ...ports, training }, "open");
    const settings = { [section.id]: values };
    const sections = [order.section];
    const ask = stage.ask.bind(stage);
    await play({
      lesson,
      sections,
      settings,
      start,
      emit,
      ask,
      connect,
      run: about,
      openKit,
      signal,
    });
  } finally {
    await run.close();
  }
}

/** Nobody answers; after a step that failed, the next ones are played all the same. */
function goOn(question: Question): Answer {
  const failed = question.kind === "move" && question.at === "failed";
  return failed ? { value: "next", by: "list" } : { value: null, by: "nobody" };
}

function outcomesOf(
  { id: step, code, expectations, step: { prediction } }: LoadedStep,
  values: Record<string, ParamValue>,
  events: readonly LabEvent[],
  thrown: ReadonlyMap<string, string>,
): { outcomes: Outcome[]; stop?: Stop } {
  const { file, line } = code;
  const own = eventsOf(step, events);
  const isDone = own.some(({ type }) => type === "step-end");
  const says = thrown.get(step) ?? (isDone ? undefined : whyStopped(own));
  const outcomes = expectations.map((one): Outcome => {
    const place = { step, claim: one.claim, file, line: one.line };
    if (says !== undefined) return { ...place, instead: "The step did not come to its end." };
    const instead = breachOf(one, prediction, runOf(values, own));
    return instead === undefined ? place : { ...place, instead };
  });
  return says === undefined ? { outcomes } : { outcomes, stop: { step, file, line, says } };
}

/** The events of a step, from its last start on. */
function eventsOf(step: string, events: readonly LabEvent[]): LabEvent[] {
  const from = events.findLastIndex((event) => event.type === "step-start" && event.step === step);
  if (from < 0) return [];
  const next = events.findIndex((event, at) => at > from && event.type === "step-start");
  return events.slice(from, next < 0 ? undefined : next);
}

function whyStopped(events: readonly LabEvent[]): string {
  const told = events.findLast((event) => event.type === "error-raised");
  return told?.type === "error-raised" ? `${told.message}. ${told.hint}` : "It was not reached.";
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.name}: ${error.message}${inner}`;
}

/** Without the names that were left open. */
function given(values: LoadedSection["short"] = {}): Record<string, ParamValue> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
