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

/** The models of a run: the genuine LangChain OpenAI classes, whatever endpoint they talk to. */
export interface Models {
  /** what the endpoint is asked for: "offline-tutor", "gpt-4o-mini" … */
  name: string;
  chat(options?: {
    temperature?: number;
    maxTokens?: number;
    model?: string;
    /** how the reply is spoilt on its way; see src/model/fault.ts */
    fault?: Fault;
  }): ChatOpenAI;
  complete(options?: CompleteOptions): OpenAI;
  embeddings(options?: { model?: string }): OpenAIEmbeddings;
  /** tokens of a text in the encoding of the model */
  countTokens(text: string): number;
  /** US dollars that so many tokens cost, null where no price is known */
  price(input: number, output: number): number | null;
}

/** What a step's body is given. */
export interface StepContext<Values = Record<string, ParamValue>> {
  chat: Models["chat"];
  complete: Models["complete"];
  embeddings: Models["embeddings"];
  params: Values;
  /** Shows a value under a label. */
  show(label: string, value: unknown): Promise<void>;
  /** Shows what a memory would send, and how much it stores. */
  look(memory: Memory, title?: string): Promise<MemoryLook>;
  table(title: string, columns: string[], rows: (string | number)[][]): Promise<void>;
  /** Runs something that may fail, and shows what came of it: the error as it is worded, or the value. */
  fails(what: string, attempt: () => Promise<unknown>): Promise<void>;
  /** Shows the calls of the step on one time line. */
  timeline(): Promise<void>;
  /** Draws a chain, with the values that flowed through it in this step. */
  draw(chain: object, title?: string): Promise<void>;
  /** Rows of a table in CSV: those of the learner's own file where one was given, else of this text. */
  rows(csv: string): Promise<Record<string, string>[]>;
  plot(title: string, axes: { x: string; y: string }, series: Series[]): Promise<void>;
  /** Shows shares of a whole, such as the chances of next tokens, as bars. */
  bars(title: string, bars: Bar[]): Promise<void>;
  /** Asks the learner in the middle of the step; null where nobody is there, or the question is skipped. */
  choose(question: string, choices: string[]): Promise<string | null>;
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

/** What came out of a step, for judging a prediction. */
export interface Run<Values = Record<string, ParamValue>> {
  params: Values;
  /** all calls, the hidden ones of a memory included, in order */
  calls: Call[];
  /** the replies of the calls that answer the learner, in order */
  replies: string[];
  /** the prompts of those calls, in order, each as one text */
  prompts: string[];
  /** the messages of those calls, in order */
  messages: PromptMessage[][];
  /** what was seen in memories, in order */
  looks: MemoryLook[];
  charts: EventOf<"chart-shown">[];
  tables: EventOf<"table-shown">[];
  bars: EventOf<"bars-shown">[];
  /** the trainings and other works that have ended */
  works: EventOf<"work-end">[];
  /** all values that were shown, by their labels */
  values: Record<string, Json>;
}

export interface Prediction<Values> {
  question: string;
  choices: string[];
  /** the right choice, computed from the run */
  judge(run: Run<Values>): string;
}

export interface Step<Values = Record<string, ParamValue>> {
  title: string;
  /** takes the context, and the tools of the section's kits */
  body: StepBody<never>;
  prediction?: Prediction<Values>;
  /** many calls, of which each is shown as one line until it is unfolded */
  brief: boolean;
  /** A copy that is brief. */
  briefly(): Step<Values>;
  /** A copy that asks the learner before it runs. */
  predict(question: string, choices: string[], judge: (run: Run<Values>) => string): Step<Values>;
}

export interface Section<Specs extends ParamSpecs = ParamSpecs> {
  title: string;
  params: Specs;
  /** names of the kits whose tools its steps use */
  kits: string[];
  steps: Step<ValuesOf<Specs>>[];
}

/** A section's module: the section, and the text of the file that it was compiled from. */
export interface SectionModule {
  default: Section;
  /** put there by scripts/lesson-source.mjs when the module is compiled */
  source?: string;
}

export interface Lesson {
  id: string;
  title: string;
  /** folder of the sections' files, from the root of the project */
  folder: string;
  /** the sections in order; each is a file of that name, loaded when it is reached */
  sections: Record<string, () => Promise<unknown>>;
}

/** A loaded section, with what its source says about it. */
export interface LoadedSection {
  id: string;
  title: string;
  prose: string;
  params: ParamSpecs;
  kits: string[];
  steps: LoadedStep[];
}

export interface LoadedStep {
  /** "memory/window/forgets" */
  id: string;
  title: string;
  prose: string;
  code: SourceSlice;
  step: Step;
}
