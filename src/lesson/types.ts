import type { ChatOpenAI, OpenAI, OpenAIEmbeddings } from "@langchain/openai";
import type { Stores, StoreTools } from "../kits/vectors/tools.ts";
import type { CompleteOptions } from "../model/factory.ts";
import type { Fault } from "../model/fault.ts";
import type { BaseReport, TunedReport } from "../tinylm/evaluate.ts";
import type { Choice, Rating } from "../tinylm/ratings.ts";
import type {
  Bar,
  Emit,
  EventOf,
  Json,
  ParamValue,
  PromptMessage,
  Series,
  SourceSlice,
  Totals,
} from "../trace/events.ts";
import type { Call } from "../trace/totals.ts";
import type { TrainingEvent } from "../trace/work-events.ts";
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

/** What steps need from outside lessons, besides models. */
export interface Outside {
  /** models that only continue text: the tiny one, and a real one where it is named */
  baseModels: string[];
  /** opens a tiny model for training on this machine */
  train(options: TraineeOptions, port: TraineePort): Promise<Trainee>;
  /** a text cut into tokens, in the encoding of the model in use or of a tiny one */
  splitTokens(text: string, model?: string): string[] | Promise<string[]>;
  /** the vector store that --store names, and what goes into it */
  stores: Stores;
  /** what `llm-lab doctor` finds, as a table */
  examine(): Promise<{ title: string; columns: string[]; rows: string[][] }>;
}

export interface TraineeOptions {
  seed?: number;
  /** phrasings of each fact in the text, 1 to 6 */
  phrasings?: number;
  /** the state of the shipped model to start from; nothing: from random weights */
  from?: "base" | "instruct";
  /** whether a training that was interrupted goes on where it stopped */
  resume?: boolean;
}

/** What a trainee tells, and where it may write. */
export interface TraineePort {
  emit: Emit;
  file(name: string): string;
}

/** A tiny language model that this machine trains, stage by stage, while the learner watches. */
export interface Trainee {
  pretrain(options?: { steps?: number }): Promise<void>;
  finetune(options?: { steps?: number; replayed?: number }): Promise<void>;
  /** pairs of its own answers to one question, for somebody to rate */
  choices(count?: number): Choice[];
  /** RLHF, from ratings; gives what the reward model finds each token worth, the best first */
  reinforce(
    ratings: Rating[],
    options?: { steps?: number; kl?: number; rate?: number; replayed?: number },
  ): Promise<{ token: string; worth: number }[]>;
  dpo(
    ratings: Rating[],
    options?: { steps?: number; rate?: number; replayed?: number },
  ): Promise<void>;
  /** figures on held-out questions: of a model that continues, of one that answers */
  continues(): BaseReport;
  answers(): TunedReport;
  /** Writes it down; gives the name by which `complete` finds it. */
  save(name: string): string;
  /** Goes back to what was saved under a name. */
  back(name: string): void;
  close(): Promise<void>;
}

/** What a step's body is given. */
export interface StepContext<Values = Record<string, ParamValue>> extends StoreTools {
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
  /** Shows a text cut into tokens, as the model in use cuts it, or a tiny one. */
  tokens(text: string, model?: string): Promise<void>;
  /** Opens a tiny model for training; it is closed with the step. */
  train(options?: TraineeOptions): Promise<Trainee>;
  /** models that only continue text: the tiny one, and a real one where it is named */
  baseModels: string[];
  /** Shows what `llm-lab doctor` finds. */
  doctor(): Promise<void>;
  /** Draws a chain, with the values that flowed through it in this step. */
  draw(chain: object, title?: string): Promise<void>;
  /** Rows of a table in CSV: those of the learner's own file where one was given, else of this text. */
  rows(csv: string): Promise<Record<string, string>[]>;
  plot(title: string, axes: { x: string; y: string }, series: Series[]): Promise<void>;
  /** Shows shares of a whole, such as the chances of next tokens, as bars. */
  bars(title: string, bars: Bar[]): Promise<void>;
  /** Asks the learner in the middle of the step; null where nobody is there, or the question is skipped. */
  choose(question: string, choices: string[]): Promise<string | null>;
  /** Shows how the training of a model goes: a start, steps, samples, an end. Ten steps a second are enough. */
  progress(event: TrainingEvent): Promise<void>;
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
export type StepBody<Values> = (context: StepContext<Values>) => Promise<Talk | void>;

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
  /** the trainings that have ended */
  trainings: EventOf<"training-end">[];
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
  body: StepBody<Values>;
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
