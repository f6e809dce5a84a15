import type { Answer, Question, Stage } from "../stage/port.ts";
import type { Emit, EventOf, LabEvent, ParamValue } from "../trace/events.ts";

/**
 * English texts of a lesson and what each says in another language. A text with values of params or
 * with numbers in it may stand there with places instead: "{name} is said {1} times".
 */
export type Catalogue = Readonly<Record<string, string>>;

/** Puts a text into the learner's language; one that the catalogue does not have stays English. */
type Translate = (text: string) => string;

/** A stage that shows a lesson in another language, and takes answers in it. */
export function translated(
  { emit, ask }: { emit: Emit; ask: Stage["ask"] },
  catalogue: Catalogue,
): { emit: Emit; ask: Stage["ask"] } {
  let values: Record<string, ParamValue> = {};
  const translate: Translate = (text) =>
    inParagraphs(text, (one) => lookUp(one, catalogue, values));
  return {
    emit: (event) => {
      values = valuesAfter(event, values);
      return emit(translateEvent(event, translate));
    },
    ask: async (question) => answered(question, ask, translate),
  };
}

/** The values of the params that hold after an event, so that they can be told in its texts. */
function valuesAfter(
  event: LabEvent,
  before: Record<string, ParamValue>,
): Record<string, ParamValue> {
  if (event.type === "section-start")
    return Object.fromEntries(event.params.map(({ name, value }) => [name, value]));
  return event.type === "step-start" ? { ...before, ...event.params } : before;
}

function inParagraphs(text: string, translate: Translate): string {
  return text
    .split(/(\n{2,})/)
    .map((part) => (part.trim() === "" ? part : translate(part)))
    .join("");
}

function lookUp(text: string, catalogue: Catalogue, values: Record<string, ParamValue>): string {
  const whole = catalogue[text];
  if (whole !== undefined) return whole;
  const { template, fillings } = templateOf(text, values);
  const found = catalogue[template];
  if (found === undefined) return text;
  return found.replace(/\{(\w+)\}/g, (place, name: string) => fillings.get(name) ?? place);
}

/** A text with places for the values of params and for numbers, and what stood in each place. */
export function templateOf(
  text: string,
  values: Record<string, ParamValue>,
): { template: string; fillings: Map<string, string> } {
  const fillings = new Map<string, string>();
  const texts = Object.entries(values).flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [{ name, value }] : [],
  );
  // A longer value may have a shorter one in it.
  texts.sort((one, other) => other.value.length - one.value.length);
  const parts = texts.map(
    ({ value }) => `(?<![\\p{L}\\p{N}])${literally(value)}(?![\\p{L}\\p{N}])`,
  );
  const wanted = new RegExp([...parts, "\\d+(?:[.,]\\d+)*"].join("|"), "gu");
  let numbers = 0;
  const template = text.replace(wanted, (found) => {
    const param = texts.find(({ value }) => value === found)?.name;
    const place = param ?? String(++numbers);
    fillings.set(place, found);
    return `{${place}}`;
  });
  return { template, fillings };
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** Asks in the learner's language; the answer is the choice as the lesson knows it. */
async function answered(
  question: Question,
  ask: Stage["ask"],
  translate: Translate,
): Promise<Answer> {
  if (question.kind === "move") return ask(question);
  const asked = translate(question.question);
  if (question.kind === "text") return ask({ ...question, question: asked });
  const { choices, start } = question;
  const shown = choices.map(translate);
  const answer = await ask({
    ...question,
    question: asked,
    choices: shown,
    start: start === undefined ? undefined : translate(start),
  });
  const chosen = answer.value === null ? undefined : choices[shown.indexOf(answer.value)];
  return answer.value === null || chosen === undefined ? answer : { ...answer, value: chosen };
}

type Texts<E> = (event: E, translate: Translate) => E;

/** The texts of events that a lesson writes itself; what was sent and said stays as it is. */
const TEXTS: { [T in LabEvent["type"]]?: Texts<EventOf<T>> } = {
  "lesson-start": (event, t) => ({ ...event, title: t(event.title) }),
  "section-start": (event, t) => ({
    ...event,
    title: t(event.title),
    prose: t(event.prose),
    params: event.params.map((param) => ({ ...param, help: t(param.help) })),
  }),
  "step-start": (event, t) => ({ ...event, title: t(event.title), prose: t(event.prose) }),
  "question-asked": (event, t) => ({
    ...event,
    question: t(event.question),
    choices: event.choices.map(t),
  }),
  "question-answered": ({ answer, ...event }, t) => ({ ...event, answer: answer && t(answer) }),
  "prediction-judged": ({ predicted, actual, why, ...event }, t) => ({
    ...event,
    predicted: predicted && t(predicted),
    actual: t(actual),
    ...(why === undefined ? {} : { why: t(why) }),
  }),
  "memory-shown": (event, t) => ({ ...event, title: t(event.title) }),
  "value-shown": (event, t) => ({ ...event, label: t(event.label) }),
  "table-shown": (event, t) => ({
    ...event,
    title: t(event.title),
    columns: event.columns.map(t),
    // The first cell names its row, unless it is a line of a conversation.
    rows: event.rows.map(([name = "", ...cells]) => [/: /.test(name) ? name : t(name), ...cells]),
  }),
  "chart-shown": (event, t) => ({
    ...event,
    title: t(event.title),
    xLabel: t(event.xLabel),
    yLabel: t(event.yLabel),
    series: event.series.map(({ marks, ...one }) => ({
      ...one,
      name: t(one.name),
      ...(marks && { marks: marks.map(({ x, label }) => ({ x, label: t(label) })) }),
    })),
  }),
  "bars-shown": (event, t) => ({ ...event, title: t(event.title) }),
  "map-shown": (event, t) => ({ ...event, title: t(event.title) }),
  "chain-drawn": (event, t) => ({ ...event, title: t(event.title) }),
  "lesson-end": (event, t) => ({
    ...event,
    recap: event.recap.map(t),
    whenToUse: event.whenToUse.map(t),
  }),
};

function translateEvent(event: LabEvent, translate: Translate): LabEvent {
  const texts = TEXTS[event.type] as Texts<LabEvent> | undefined;
  return texts ? texts(event, translate) : event;
}

interface FoundText {
  text: string;
  /** the params of that moment */
  values: Record<string, ParamValue>;
  /** the section, "memory/window", or the lesson */
  place: string;
}

/** The texts of a run that a catalogue may have, paragraph by paragraph. */
export function textsOf(events: readonly LabEvent[]): FoundText[] {
  const found: FoundText[] = [];
  let values: Record<string, ParamValue> = {};
  let place = "";
  for (const event of events) {
    values = valuesAfter(event, values);
    if (event.type === "section-start") place = event.section;
    if (event.type === "lesson-start" || event.type === "lesson-end") place = event.lesson;
    const at = { values, place };
    translateEvent(event, (text) =>
      inParagraphs(text, (one) => {
        found.push({ text: one, ...at });
        return one;
      }),
    );
  }
  return found.filter(({ text }) => /\p{L}/u.test(text));
}
