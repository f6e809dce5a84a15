import type { AnyKit, ToolsOf } from "./kit.ts";
import type { ParamSpecs, ValuesOf } from "./params.ts";
import type { Choice, Facts, Lesson, Section, Step, StepBody, StepContext } from "./types.ts";

/**
 * Starts a section: its title, params and kits. Its steps are made with `step` and put in order
 * with `steps`.
 */
export function section<
  const Specs extends ParamSpecs,
  const Kits extends readonly AnyKit[] = readonly [],
>(of: { title: string; params?: Specs; kits?: Kits; short?: Partial<ValuesOf<Specs>> }) {
  type Values = ValuesOf<Specs>;
  type Context<Told> = StepContext<Values, Told> & ToolsOf<Kits>;
  const params = of.params ?? ({} as Specs);
  const kits = (of.kits ?? []).map(({ name }) => name);
  return {
    step: <Told extends Facts = never>(
      title: string,
      body: StepBody<Context<Told>>,
    ): Step<Values, Told> => makeStep({ title, body, expectations: [], brief: false, slow: false }),
    // A step is typed by the choices of its own prediction, which the section need not know.
    steps: (...steps: Step<Values>[]): Section<Specs> => ({ ...of, params, kits, steps }),
  };
}

/** Declares a lesson; its sections are loaded when they are reached. */
export function lesson(of: Lesson): Lesson {
  return of;
}

function makeStep<Values, Told, Of extends Choice = never>(
  of: Omit<Step<Values, Told, Of>, "predict" | "briefly" | "slowly" | "expect">,
): Step<Values, Told, Of> {
  return {
    ...of,
    briefly: () => makeStep({ ...of, brief: true }),
    slowly: () => makeStep({ ...of, slow: true }),
    predict: (prediction) => makeStep({ ...of, prediction }),
    expect(claim, is) {
      const expected = typeof is === "function" ? { holds: is } : { answer: is };
      const expectations = [...of.expectations, { claim, ...expected }];
      return makeStep({ ...of, expectations });
    },
  };
}
