import type { ProgressEvent, TrainingEvent } from "./work-events.ts";

/**
 * What happens while a lesson is played, as plain data.
 *
 * Every consumer (stages, reports, folds) reads this stream and nothing else,
 * so every event survives JSON: no functions, no class instances, no undefined in arrays.
 */
export const EVENTS_VERSION = 1;

/** Where a piece of a prompt came from. */
export type Origin = "template" | "history" | "summary" | "context" | "input";

/** A piece of a message with one origin; joined in order, the pieces are the message, to the letter. */
export interface PromptPart {
  origin: Origin;
  /** the template variable that the text was filled into, where there is one */
  variable?: string;
  text: string;
}

export interface PromptMessage {
  role: "system" | "user" | "assistant" | "tool";
  /** a name that was sent with the role; agents give one to their own messages */
  name?: string;
  parts: PromptPart[];
}

interface TokenCount {
  input: number;
  output: number;
}

export interface SourceSlice {
  /** path from the root of the project, with forward slashes */
  file: string;
  /** the line of the file that `text` starts at, from 1 */
  line: number;
  /** the lines of the file, less their common indentation */
  text: string;
}

export interface ParamInfo {
  name: string;
  kind: "integer" | "number" | "text" | "choice" | "flag";
  value: ParamValue;
  default: ParamValue;
  help: string;
  /** the values that it takes, in words: "0 to 20", "up to 60 characters" */
  range: string;
}

export type ParamValue = string | number | boolean;

/** One line of a chart: a y for each x = 1, 2, 3 …, or for each of `xs`, where they are given */
export interface Series {
  name: string;
  points: number[];
  /** where the points lie along the x axis: such a chart shows one measure against another */
  xs?: number[];
  /** what each of the points is, a word such as "ef 40" */
  labels?: string[];
  /** x positions (from 1) that carry a remark */
  marks?: { x: number; label: string }[];
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A chain as boxes and arrows: what it takes, its links in the order in which they run, what it gives. */
export interface Diagram {
  nodes: DiagramNode[];
  edges: DiagramEdge[];
}

export interface DiagramNode {
  id: string;
  kind: "input" | "link" | "router" | "output";
  title: string;
  /** the beginning of its prompt, where it has one */
  detail: string;
}

export interface DiagramEdge {
  from: string;
  to: string;
  /** the variable that flows, or the name of the branch */
  label: string;
  /** what flowed in the run, null if nothing did */
  value: string | null;
}

/** A share of a whole, such as the chance of a next token. */
export interface Bar {
  label: string;
  /** from 0 to 1 */
  value: number;
  note?: string;
}

/** A point on a map: something with a vector, seen in two dimensions. */
interface MapPoint {
  label: string;
  /** points of a group share a glyph */
  group: string;
  x: number;
  y: number;
}

/** A passage of the documents that was found near a question. */
export interface FoundPassage {
  /** its number in the prompt, from 1, by which answers cite it */
  number: number;
  /** the folder that was indexed, "" for the handbook, and the file in it */
  folder: string;
  file: string;
  /** what it is called by: the file, with its folder's name where passages come from several */
  name: string;
  heading: string;
  line: number | null;
  page: number | null;
  /** how near it is, from 0 to 1 */
  score: number;
  text: string;
}

export type LabEvent =
  | {
      type: "lesson-start";
      version: typeof EVENTS_VERSION;
      lesson: string;
      title: string;
      sections: string[];
      /** "offline" or the address of the endpoint */
      endpoint: string;
      model: string;
      /** why this model and no other, in a sentence */
      why: string;
      /** the year and month that prices are of */
      pricesAsOf: string;
    }
  | { type: "section-start"; section: string; title: string; prose: string; params: ParamInfo[] }
  | {
      type: "step-start";
      step: string;
      title: string;
      prose: string;
      code: SourceSlice;
      /** the place of the step in the run, from 1 */
      place: number;
      of: number;
      params: Record<string, ParamValue>;
      /** many calls: each is shown as one line until it is unfolded */
      brief: boolean;
    }
  | { type: "question-asked"; question: string; choices: string[] }
  | { type: "question-answered"; answer: string | null; by: "learner" | "list" | "nobody" }
  | { type: "prediction-judged"; predicted: string | null; actual: string; right: boolean | null }
  | { type: "chain-start"; run: string; parent: string | null; chain: string; inputs: Json }
  | { type: "chain-end"; run: string; outputs: Json }
  | { type: "chain-failed"; run: string; message: string }
  | {
      type: "call-start";
      call: number;
      kind: "chat" | "completion" | "embedding";
      model: string;
      /** the class on whose behalf the call is made: "ConversationChain"; null if the lesson calls the model itself */
      caller: string | null;
      /** what the call is for: the lesson's own line asks for an answer, a memory asks for a summary */
      purpose: "answer" | "summary";
      /** the prompt that was sent, read off the wire */
      messages: PromptMessage[];
      /** names of the tools that were offered with it */
      tools?: string[];
    }
  | { type: "call-token"; call: number; text: string }
  | {
      type: "call-retried";
      call: number;
      attempt: number;
      of: number;
      reason: string;
      waitMs: number;
    }
  | {
      type: "call-end";
      call: number;
      text: string;
      tokens: TokenCount;
      /** US dollars, null when the model has no known price */
      cost: number | null;
      /** when the request went out, in milliseconds since the run began */
      startedMs: number;
      ms: number;
    }
  | { type: "call-failed"; call: number; message: string }
  | {
      type: "memory-shown";
      title: string;
      /** what the memory would send, as loadMemoryVariables gives it */
      content: string;
      tokens: number;
      /** how many messages it keeps, whatever it sends; null if that cannot be seen */
      stored: number | null;
      /** how many of them it sends; null if it sends something else, such as a summary */
      sent: number | null;
    }
  | { type: "value-shown"; label: string; value: Json }
  | { type: "table-shown"; title: string; columns: string[]; rows: string[][] }
  | { type: "chart-shown"; title: string; xLabel: string; yLabel: string; series: Series[] }
  /** a text cut into its tokens; joined, they are the text */
  | { type: "tokens-shown"; pieces: string[] }
  /** shares of one whole, side by side; the title may be the text so far */
  | { type: "bars-shown"; title: string; bars: Bar[] }
  | TrainingEvent
  | ProgressEvent
  /** vectors as a map; `kept` is the share of their variance that two dimensions show */
  | { type: "map-shown"; title: string; points: MapPoint[]; kept: number }
  /** texts that were sent to an embedding model, in one request */
  | {
      type: "texts-embedded";
      model: string;
      texts: number;
      tokens: number;
      cost: number | null;
      ms: number;
    }
  | { type: "chain-drawn"; title: string; diagram: Diagram }
  | { type: "step-end"; step: string; totals: Totals }
  | { type: "section-end"; section: string }
  | { type: "lesson-end"; lesson: string; outcome: "done" | "quit" | "failed"; totals: Totals }
  | { type: "error-raised"; message: string; hint: string }
  /** a conversation of the learner's own, with a memory of their choice */
  | {
      type: "chat-start";
      version: typeof EVENTS_VERSION;
      memory: string;
      title: string;
      params: ParamInfo[];
      endpoint: string;
      model: string;
      why: string;
      pricesAsOf: string;
    }
  /** the learner's line; the calls that follow belong to it, their prompts are shown when asked for */
  | { type: "turn-start"; turn: number; input: string }
  | { type: "turn-end"; turn: number; totals: Totals }
  /** the whole prompt of a turn, asked for by the learner */
  | { type: "prompt-shown"; messages: PromptMessage[] }
  /** a line of the program's own: help, or that the memory was emptied */
  | { type: "note-shown"; text: string }
  | { type: "chat-end"; totals: Totals }
  /** a folder is read, and what is new in it is embedded and stored */
  | {
      type: "index-start";
      version: typeof EVENTS_VERSION;
      folder: string;
      /** the store and where it is, without passwords */
      store: string;
      endpoint: string;
      /** the embedding model */
      model: string;
      why: string;
      pricesAsOf: string;
    }
  /** files that are read, or chunks that are embedded and stored */
  | { type: "index-step"; phase: "reading" | "embedding"; done: number; of: number }
  | {
      type: "index-end";
      /** unchanged: without new or changed; gone: no longer in the folder, or no longer readable as documents */
      files: { all: number; changed: number; unchanged: number; gone: number };
      /** chunks of the folder that the store holds now */
      chunks: number;
      /** texts that were embedded in this run, in how many requests, and their tokens */
      embedded: number;
      requests: number;
      tokens: number;
      /** US dollars, null when the embedding model has no known price */
      cost: number | null;
      leftOut: { file: string; reason: string }[];
      /** the command that asks what was indexed */
      ask: string;
      ms: number;
    }
  /** a question to documents that were indexed */
  | {
      type: "ask-start";
      version: typeof EVENTS_VERSION;
      question: string;
      store: string;
      endpoint: string;
      model: string;
      why: string;
      pricesAsOf: string;
    }
  | { type: "passages-found"; passages: FoundPassage[] }
  /** what came of it: whether the documents had an answer, and the passages that the answer cites */
  | {
      type: "ask-end";
      answered: boolean;
      answer: string;
      cited: FoundPassage[];
      /** passages that were found and are not cited */
      others: number;
      totals: Totals;
    };

export interface Totals {
  calls: number;
  tokens: TokenCount;
  /** US dollars, null when no call had a known price */
  cost: number | null;
  ms: number;
}

export type EventOf<T extends LabEvent["type"]> = Extract<LabEvent, { type: T }>;

/** Takes each event as it happens; a returned promise holds the run until the consumer is ready. */
export type Emit = (event: LabEvent) => void | Promise<void>;
