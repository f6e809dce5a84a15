import type { Exercise } from "../exercises.ts";
import { isTopicDone } from "./done.ts";
import type { Progress } from "./record.ts";

/** A lesson of the curriculum, as far as progress is concerned. */
export interface Topic {
  id: string;
  title: string;
  /** names without the topic, such as window */
  sections: string[];
}

/** What was done, counted; for `llm-lab progress --format json` too. */
export interface Summary {
  sections: { done: number; of: number };
  exercises: { passed: number; of: number; withoutSolution: number };
  predictions: { right: number; wrong: number; open: number };
  topics: TopicSummary[];
  /** what to do next, as a command */
  next: Next;
  /** the exercise to go on with, of a learner who has begun with them and has a lesson next */
  exercise?: Extract<Next, { exercise: string }>;
}

type Next = { command: string; what: string } & (
  | { section: string; step: number }
  | { exercise: string }
  | { page: true }
);

interface TopicSummary {
  id: string;
  title: string;
  done: boolean;
  sections: { done: number; of: number };
  exercises: { passed: number; of: number };
}

export function summaryOf(
  progress: Progress,
  topics: readonly Topic[],
  exercises: readonly Exercise[],
): Summary {
  const predictions = Object.values(progress.predictions);
  const all = topics.map((topic) => topicSummary(topic, progress, exercises));
  const sum = (count: (topic: TopicSummary) => number) =>
    all.reduce((total, topic) => total + count(topic), 0);
  const records = exercises.map(({ name }) => progress.exercises[name]);
  const passed = records.filter((record) => record?.passed);
  const next = nextFor(progress, topics, exercises);
  return {
    sections: { done: sum((topic) => topic.sections.done), of: sum((topic) => topic.sections.of) },
    exercises: {
      passed: passed.length,
      of: exercises.length,
      withoutSolution: passed.filter((record) => record?.shown === undefined).length,
    },
    predictions: {
      right: predictions.reduce((total, one) => total + one.right, 0),
      wrong: predictions.reduce((total, one) => total + one.wrong, 0),
      open: predictions.filter((one) => !one.isRight).length,
    },
    topics: all,
    next,
    exercise: "section" in next ? begunExercise(progress, exercises) : undefined,
  };
}

/** The topics that are done, by id. */
export function doneIn({ topics }: Summary): ReadonlySet<string> {
  return new Set(topics.flatMap(({ id, done }) => (done ? [id] : [])));
}

function topicSummary(
  { id, title, sections }: Topic,
  progress: Progress,
  exercises: readonly Exercise[],
): TopicSummary {
  const ids = sections.map((name) => `${id}/${name}`);
  const names = exercises.filter(({ topic }) => topic === id).map(({ name }) => name);
  return {
    id,
    title,
    done: isTopicDone({ sections: ids, exercises: names }, progress),
    sections: { done: ids.filter((one) => progress.sections[one]?.done).length, of: ids.length },
    exercises: {
      passed: names.filter((name) => progress.exercises[name]?.passed).length,
      of: names.length,
    },
  };
}

/** The lesson in the middle of which somebody stopped, else the next section, else an exercise. */
function nextFor(
  progress: Progress,
  topics: readonly Topic[],
  exercises: readonly Exercise[],
): Next {
  const { here } = progress;
  if (here !== undefined)
    return {
      command: `llm-lab lesson ${here.section}${here.step > 1 ? ` --step ${here.step}` : ""}`,
      what: `go on with ${here.section}, step ${here.step}`,
      section: here.section,
      step: here.step,
    };
  const isPassed = ({ name }: Exercise) => progress.exercises[name]?.passed !== undefined;
  for (const { id, sections } of topics) {
    const names = exercises.filter(({ topic }) => topic === id);
    const ids = sections.map((name) => `${id}/${name}`);
    const last = names.at(-1);
    // The last exercise of a topic marks the topic: who passed it goes on to the next.
    if (last !== undefined && isPassed(last)) continue;
    const section = ids.find((one) => progress.sections[one]?.done === undefined);
    if (section !== undefined)
      return { command: `llm-lab lesson ${section}`, what: `play ${section}`, section, step: 1 };
    const exercise = names.find((one) => !isPassed(one));
    if (exercise !== undefined) return writing(exercise);
  }
  return {
    command: "llm-lab certificate",
    what: "everything is done: keep a page of it",
    page: true,
  };
}

/** The exercise that was opened last, or the first that is open once that one is passed. */
function begunExercise(progress: Progress, exercises: readonly Exercise[]) {
  if (progress.exercise === undefined) return undefined;
  const open = exercises.filter(({ name }) => progress.exercises[name]?.passed === undefined);
  const exercise = open.find(({ name }) => name === progress.exercise) ?? open[0];
  return exercise && writing(exercise);
}

function writing({ number, name }: Exercise): Extract<Next, { exercise: string }> {
  return {
    command: `llm-lab watch ${name}`,
    what: `write exercise ${number}, ${name}`,
    exercise: name,
  };
}

/** Progress in one line. */
export function oneLine({ sections, exercises, predictions }: Summary): string {
  const guesses = predictions.right + predictions.wrong;
  const predicted = guesses === 0 ? "" : `, ${predictions.right} of ${guesses} predictions right`;
  return `${sections.done} of ${sections.of} sections played, ${exercises.passed} of ${exercises.of} exercises passed${predicted}.`;
}
