import type { SeenPrompt, SeenRun } from "./seen-run.ts";

/** What two runs sent, held against each other. */
export type Comparison =
  | { outcome: "same"; prompts: number; models: ModelChange[] }
  /** the same prompts in another order, of which some did not run at the same time */
  | { outcome: "reordered"; prompts: number; first: { a: number; b: number } }
  | { outcome: "different"; first: Difference; prompts: { a: number; b: number } };

export interface ModelChange {
  call: number;
  a: string;
  b: string;
}

/** The first place at which two runs part. */
export interface Difference {
  /** the calls; undefined where a run had ended */
  a: number | undefined;
  b: number | undefined;
  /** where in the prompt: "message 2 (user), line 4", "its tools" */
  place: string;
  /** what stands there; undefined where nothing does */
  texts: { a: string | undefined; b: string | undefined };
}

/** Holds the prompts of two runs against each other; models are named, and may differ. */
export function compareRuns(a: SeenRun, b: SeenRun): Comparison {
  const at = firstDifference(a.prompts, b.prompts);
  if (at === undefined)
    return { outcome: "same", prompts: a.prompts.length, models: modelChanges(a, b) };
  const order = orderOf(a.prompts, b.prompts);
  if (order !== undefined) {
    const moved = firstMoved(order, a.prompts, b.prompts);
    const prompts = a.prompts.length;
    if (moved === undefined) return { outcome: "same", prompts, models: [] };
    return { outcome: "reordered", prompts, first: moved };
  }
  return {
    outcome: "different",
    first: describe(a.prompts[at], b.prompts[at]),
    prompts: { a: a.prompts.length, b: b.prompts.length },
  };
}

function firstDifference(a: readonly SeenPrompt[], b: readonly SeenPrompt[]): number | undefined {
  const most = Math.max(a.length, b.length);
  for (let at = 0; at < most; at++) if (keyOf(a[at]) !== keyOf(b[at])) return at;
  return undefined;
}

const keyOf = (prompt: SeenPrompt | undefined) =>
  prompt && JSON.stringify([prompt.messages, prompt.tools]);

/** For each prompt of `a` its place in `b`; undefined where they are not the same prompts. */
function orderOf(a: readonly SeenPrompt[], b: readonly SeenPrompt[]): number[] | undefined {
  if (a.length !== b.length) return undefined;
  const places = new Map<string | undefined, number[]>();
  for (const [at, prompt] of b.entries())
    places.set(keyOf(prompt), [...(places.get(keyOf(prompt)) ?? []), at]);
  const order = a.map((prompt) => places.get(keyOf(prompt))?.shift());
  return order.every((place) => place !== undefined) ? order : undefined;
}

/** The first two prompts that changed places, and did not run at the same time in either run. */
function firstMoved(
  order: readonly number[],
  a: readonly SeenPrompt[],
  b: readonly SeenPrompt[],
): { a: number; b: number } | undefined {
  for (const [at, place] of order.entries())
    for (let later = at + 1; later < order.length; later++) {
      const laterPlace = order[later] ?? 0;
      if (laterPlace > place) continue;
      if (overlap(a[at], a[later]) || overlap(b[place], b[laterPlace])) continue;
      return { a: a[at]?.call ?? 0, b: b[place]?.call ?? 0 };
    }
  return undefined;
}

/** Whether one of two calls began before the other had ended. */
function overlap(one: SeenPrompt | undefined, other: SeenPrompt | undefined): boolean {
  if (!one || !other) return false;
  const [first, second] = one.began < other.began ? [one, other] : [other, one];
  return second.began < first.ended;
}

function modelChanges(a: SeenRun, b: SeenRun): ModelChange[] {
  return a.prompts.flatMap(({ call, model }, at) => {
    const other = b.prompts[at]?.model ?? model;
    return other === model ? [] : [{ call, a: model, b: other }];
  });
}

function describe(a: SeenPrompt | undefined, b: SeenPrompt | undefined): Difference {
  const calls = { a: a?.call, b: b?.call };
  if (!a || !b) {
    const text = (prompt: SeenPrompt | undefined) => prompt?.messages.at(-1)?.text.trim();
    return { ...calls, place: "the whole call", texts: { a: text(a), b: text(b) } };
  }
  const [these, those] = [a.messages, b.messages];
  const at = these.findIndex((message, place) => !isSame(message, those[place]));
  const place = at === -1 ? these.length : at;
  const [one, other] = [these[place], those[place]];
  if (!one && !other) {
    const texts = { a: a.tools.join(", "), b: b.tools.join(", ") };
    return { ...calls, place: "its tools", texts };
  }
  const message = `message ${place + 1}`;
  if (!one || !other || one.role !== other.role) {
    const shown = (some: typeof one) => some && `${some.role}: ${some.text}`;
    return { ...calls, place: message, texts: { a: shown(one), b: shown(other) } };
  }
  const [lines, others] = [one.text.split("\n"), other.text.split("\n")];
  const line = lines.findIndex((text, index) => text !== others[index]);
  const index = line === -1 ? lines.length : line;
  const where = lines.length > 1 || others.length > 1 ? `, line ${index + 1}` : "";
  const name = one.name === other.name ? "" : ", its name";
  return {
    ...calls,
    place: `${message} (${one.role})${name || where}`,
    texts: name ? { a: one.name, b: other.name } : { a: lines[index], b: others[index] },
  };
}

function isSame(
  one: SeenPrompt["messages"][number],
  other: SeenPrompt["messages"][number] | undefined,
): boolean {
  return one.role === other?.role && one.name === other.name && one.text === other.text;
}
