import type { ParamSpecs, ValuesOf } from "./params.ts";
import type { Lesson, Section, Step, StepBody } from "./types.ts";

/** Starts a section: its title and params. Its steps are made with `step` and put in order with `steps`. */
export function section<const Specs extends ParamSpecs>(of: { title: string; params?: Specs }) {
  type Values = ValuesOf<Specs>;
  const params = of.params ?? ({} as Specs);
  return {
    step: (title: string, body: StepBody<Values>): Step<Values> =>
      makeStep({ title, body, brief: false }),
    steps: (...steps: Step<Values>[]): Section<Specs> => ({ title: of.title, params, steps }),
  };
}

/** Declares a lesson; its sections are loaded when they are reached. */
export function lesson(of: Lesson): Lesson {
  return of;
}

function makeStep<Values>(of: Omit<Step<Values>, "predict" | "briefly">): Step<Values> {
  return {
    ...of,
    briefly: () => makeStep({ ...of, brief: true }),
    predict: (question, choices, judge) =>
      makeStep({ ...of, prediction: { question, choices, judge } }),
  };
}
