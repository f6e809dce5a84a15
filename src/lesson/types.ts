import type { ChatOpenAI, OpenAI, OpenAIEmbeddings } from "@langchain/openai";
import type { CompleteOptions } from "../model/factory.ts";
import type { Fault } from "../model/fault.ts";
import type {
  Bar,
  EventOf,
  Json,
  ParamValue,
  PromptMessage,
  Series,
  SourceSlice,
  Totals,
} from "../trace/events.ts";
import type { Call } from "../trace/totals.ts";
import type { ParamSpecs, ValuesOf } from "./params.ts";
import type { Catalogue } from "./translate.ts";

/** The models of a run: the genuine LangChain OpenAI classes, whatever endpoint they talk to. */
export interface Models {
  /** what the endpoint is asked for: "offline-tutor", "gpt-6-luna" … */
  name: string;
  chat(options?: {
    temperature?: number;
    maxTokens?: number;
    model?: string;
    /** how the reply is spoilt on its way; see src/model/fault.ts */
    fault?: Fault;
    /** who answers in place of the run's endpoint, unseen and unpaid: an endpoint of a test */
    fetch?: typeof fetch;
  }): ChatOpenAI;
  complete(options?: CompleteOptions): OpenAI;
  embeddings(options?: { model?: string }): OpenAIEmbeddings;
  /** the way to the endpoint, for what is to be recorded */
  wire: typeof fetch;
  /** tokens of a text in the encoding of the model */
  countTokens(text: string): number;
  /** US dollars that so many tokens cost, null where no price is known */
  price(input: number, output: number): number | null;
}

/** What a step's body tells of what came out of it, as plain data. */
export type Facts = Record<string, Json>;

/** What a step's body is given. */
export interface StepContext<Values = Record<string, ParamValue>, Told = never> {
  chat: Models["chat"];
  complete: Models["complete"];
  embeddings: Models["embeddings"];
  params: Values;
  /** Shows a value under a label. */
  show(label: string, value: unknown): Promise<void>;
  /** Shows what a memory would send, and how much it stores. */
  look(memory: Memory, title?: string): Promise<MemoryLook>;
  table(title: string, columns: string[], rows: (string | number)[][]): Promise<void>;
  /**
   * Runs something that may fail, and shows what came of it: the error as it is worded, or the
   * value.
   */
  fails(what: string, attempt: () => Promise<unknown>): Promise<void>;
  /** Shows the calls of the step on one time line. */
  timeline(): Promise<void>;
  /** Draws a chain, with the values that flowed through it in this step. */
  draw(chain: object, title?: string): Promise<void>;
  /**
   * Rows of a table in CSV: those of the learner's own file where one was given, else of this text.
   */
  rows(csv: string): Promise<Record<string, string>[]>;
  plot(title: string, axes: { x: string; y: string }, series: Series[]): Promise<void>;
  /** Shows shares of a whole, such as the chances of next tokens, as bars. */
  bars(title: string, bars: Bar[]): Promise<void>;
  /**
   * Asks the learner in the middle of the step; null where nobody is there, or the question is
   * skipped.
   */
  choose(question: string, choices: string[]): Promise<string | null>;
  /**
   * Tells the facts by which the step's prediction is judged: `lab.step<{ kept: number }>(…)` says
   * which.
   */
  tell(facts: Told): Promise<void>;
  /** Tokens of a text in the encoding of the model. */
  countTokens(text: string): number;
  /** Calls, tokens, cost and time since this was last asked in the step. */
  spent(): Totals;
  /** The path of a file in a folder of the step's own: empty when it starts, gone when it ends. */
  file(name: string): string;
}

/** The part of LangChain's memory classes that can be looked into. */
export interface Memory {
  loadMemoryVariables(values: Record<string, unknown>): Promise<Record<string, unknown>>;
  chatHistory?: { getMessages(): Promise<unknown[]> };
}

type MemoryLook = Omit<EventOf<"memory-shown">, "type">;

/** What a step may return, so that the learner can go on talking to what it built. */
export type Talk =
  | { invoke(values: { input: string }): Promise<unknown> }
  | ((input: string) => Promise<unknown>);

// biome-ignore lint/suspicious/noConfusingVoidType: a body that returns nothing is typed so
export type StepBody<Context> = (context: Context) => Promise<Talk | void>;

/** What came out of a step, for judging a prediction: what was sent, and what the body told. */
export interface Run<Values = Record<string, ParamValue>, Told = never> {
  params: Values;
  /** @throws Untold where the body told nothing, because it stopped before it came to that */
  readonly facts: Told;
  /** all calls, the hidden ones of a memory included, in order */
  calls: Call[];
  /** the prompts of the calls that answer the learner, in order, each as one text */
  prompts: string[];
  /** the messages of those calls, in order */
  messages: PromptMessage[][];
  // The lessons about chains and vector stores judge by these; facts are to replace them.
  replies: string[];
  tables: EventOf<"table-shown">[];
  values: Record<string, Json>;
}

/**
 * A choice as it is written; a number means the number, so the right one need not be among the
 * choices.
 */
export type Choice = string | number;

export interface Prediction<Values, Told, Of extends Choice = Choice> {
  question: string | ((params: Values) => string);
  choices: readonly Of[] | ((params: Values) => readonly Of[]);
  /** the right choice, computed from what was sent and told */
  judge(run: Run<Values, Told>): Verdict<Of>;
  /** why it is so, in a line or two, shown after the verdict */
  why?: string | ((run: Run<Values, Told>) => string);
}

type Verdict<Of extends Choice> = [Of] extends [number] ? number : Of;

/** What a step shows, as `llm-lab verify` checks it with the section's defaults. */
export interface Expectation<Values, Told> {
  /** "the last prompt does not say the name" */
  claim: string;
  /** the right choice of the step's prediction */
  answer?: Choice;
  /** Whether it holds of what was sent and told. */
  holds?(run: Run<Values, Told>): boolean;
}

/** What `expect` takes: the prediction's right choice, or a look at the run. */
type Expected<Values, Told, Of extends Choice> =
  | ([Of] extends [never] ? never : Verdict<Of>)
  | ((run: Run<Values, Told>) => boolean);

/** `Of` are the choices of its prediction, never without one. */
export interface Step<
  Values = Record<string, ParamValue>,
  Told = never,
  Of extends Choice = never,
> {
  title: string;
  /** takes the context, and the tools of the section's kits */
  body: StepBody<never>;
  prediction?: Prediction<Values, Told>;
  expectations: Expectation<Values, Told>[];
  /** many calls, of which each is shown as one line until it is unfolded */
  brief: boolean;
  /** it takes long, so that `llm-lab verify` plays it only with --full */
  slow: boolean;
  /** A copy that is brief. */
  briefly(): Step<Values, Told, Of>;
  /** A copy that is slow. */
  slowly(): Step<Values, Told, Of>;
  /** A copy that asks the learner before it runs. */
  predict<const Asked extends Choice>(of: {
    question: string | ((params: Values) => string);
    choices: readonly Asked[] | ((params: Values) => readonly Asked[]);
    judge(run: Run<Values, Told>): NoInfer<Verdict<Asked>>;
    why?: string | ((run: Run<Values, Told>) => string);
  }): Step<Values, Told, Asked>;
  /** A copy that promises an outcome: what the step shows as long as nobody sets a param. */
  expect(claim: string, is: Expected<Values, Told, Of>): Step<Values, Told, Of>;
}

export interface Section<Specs extends ParamSpecs = ParamSpecs> {
  title: string;
  params: Specs;
  /** names of the kits whose tools its steps use */
  kits: string[];
  /** values with which `llm-lab verify` plays it where the defaults train for long */
  short?: Partial<ValuesOf<Specs>>;
  steps: Step<ValuesOf<Specs>>[];
}

/**
 * What the file of a section says about it: the comments above its parts, and the bodies of its
 * steps.
 */
export interface SectionSource {
  prose: string;
  steps: {
    name: string;
    title: string;
    prose: string;
    code: SourceSlice;
    /** the line of each claim that the step is expected to keep */
    expects: { claim: string; line: number }[];
  }[];
}

/** A section's module: the section, and what the file says that it was compiled from. */
export interface SectionModule {
  default: Section;
  /** put there by scripts/lesson-source.mjs when the module is compiled */
  source?: SectionSource;
}

export interface Lesson {
  id: string;
  title: string;
  /** folder of the sections' files, from the root of the project */
  folder: string;
  /** the sections in order; each is a file of that name, loaded when it is reached */
  sections: Record<string, () => Promise<unknown>>;
  /** what was learnt, in three lines that are shown at its end */
  recap: readonly string[];
  /** when to use which of what it showed, a line each */
  whenToUse?: readonly string[];
  /** what it says in other languages, by their codes: the file de.po beside it for "de" */
  translations?: Record<string, () => Promise<{ default: Catalogue }>>;
}

/** A loaded section, with what its source says about it. */
export interface LoadedSection {
  id: string;
  title: string;
  prose: string;
  params: ParamSpecs;
  kits: string[];
  short?: Partial<Record<string, ParamValue>>;
  steps: LoadedStep[];
}

export interface LoadedStep {
  /** "memory/window/forgets" */
  id: string;
  title: string;
  prose: string;
  code: SourceSlice;
  /** what it promises, and the line of its file that says so */
  expectations: (Expectation<Record<string, ParamValue>, never> & { line: number })[];
  step: Step;
}
