import type { AnyKit, ToolsOf } from "./kit.ts";
import type { ParamSpecs, ValuesOf } from "./params.ts";
import type { Facts, Lesson, Section, Step, StepBody, StepContext } from "./types.ts";

/** Starts a section: its title, params and kits. Its steps are made with `step` and put in order with `steps`. */
export function section<
  const Specs extends ParamSpecs,
  const Kits extends readonly AnyKit[] = readonly [],
>(of: { title: string; params?: Specs; kits?: Kits }) {
  type Values = ValuesOf<Specs>;
  type Context<Told> = StepContext<Values, Told> & ToolsOf<Kits>;
  const params = of.params ?? ({} as Specs);
  const kits = (of.kits ?? []).map(({ name }) => name);
  return {
    step: <Told extends Facts = never>(
      title: string,
      body: StepBody<Context<Told>>,
    ): Step<Values, Told> => makeStep({ title, body, brief: false }),
    steps: (...steps: Step<Values>[]): Section<Specs> => ({ title: of.title, params, kits, steps }),
  };
}

/** Declares a lesson; its sections are loaded when they are reached. */
export function lesson(of: Lesson): Lesson {
  return of;
}

function makeStep<Values, Told>(
  of: Omit<Step<Values, Told>, "predict" | "briefly">,
): Step<Values, Told> {
  return {
    ...of,
    briefly: () => makeStep({ ...of, brief: true }),
    predict: (prediction) => makeStep({ ...of, prediction }),
  };
}
