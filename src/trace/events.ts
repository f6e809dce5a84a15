import type { CallEvent } from "./call-events.ts";
import type {
  Bar,
  Diagram,
  FoundPassage,
  IndexedFolder,
  Json,
  MapPoint,
  NextCommand,
  ParamInfo,
  ParamValue,
  PromptMessage,
  Series,
  SourceSlice,
  Totals,
} from "./shapes.ts";
import type { WorkEvent } from "./work-events.ts";
import type { XrayEvent } from "./xray-events.ts";

// Whoever reads events needs the values that they carry.
export type {
  Bar,
  Diagram,
  DiagramEdge,
  DiagramNode,
  FoundPassage,
  IndexedFolder,
  Json,
  MapPoint,
  NextCommand,
  OfferedTool,
  Origin,
  ParamInfo,
  ParamValue,
  PromptMessage,
  PromptPart,
  Series,
  SourceSlice,
  Totals,
} from "./shapes.ts";

/** The version of the stream: it grows when an event changes its shape or goes. */
export const EVENTS_VERSION = 3;

/**
 * What happens in a run, as plain data.
 *
 * Every consumer (stages, reports, folds) reads this stream and nothing else. Every event survives
 * JSON: no functions, no class instances, no undefined in arrays. The first event is always
 * `run-start`; an event that opens something is called `…-start`, one that closes it `…-end`.
 */
export type LabEvent =
  | RunEvent
  | LessonEvent
  | ChatEvent
  | IndexEvent
  | AskEvent
  | TrainEvent
  | WorkEvent
  | ChainEvent
  | CallEvent
  | XrayEvent
  | ShownEvent;

/** The verbs whose runs are events. */
export type RunKind = "lesson" | "chat" | "index" | "ask" | "train" | "xray";

/** The first event of every run: who answers, and why. The start of its kind follows. */
interface RunEvent {
  type: "run-start";
  version: typeof EVENTS_VERSION;
  kind: RunKind;
  /** "offline" or the address of the endpoint; null if the run talks to no model */
  endpoint: string | null;
  /** the chat model; of an index, the embedding model; null if the run talks to no model */
  model: string | null;
  /** why this model and no other, in a sentence */
  why: string;
  /** year and month of the prices */
  pricesAsOf: string;
}

/** A lesson: sections, their steps, and what the learner is asked. */
type LessonEvent =
  | {
      type: "lesson-start";
      lesson: string;
      title: string;
      /** ids of the sections that will be played, in order */
      sections: string[];
    }
  | { type: "section-start"; section: string; title: string; prose: string; params: ParamInfo[] }
  | {
      type: "step-start";
      step: string;
      title: string;
      prose: string;
      code: SourceSlice;
      /** the place of the step in its section, from 1 */
      place: number;
      of: number;
      params: Record<string, ParamValue>;
      /** the step makes many calls: each is shown as one line until it is unfolded */
      brief: boolean;
    }
  | { type: "question-asked"; question: string; choices: string[] }
  /** `answer` is null where nobody answered */
  | { type: "question-answered"; answer: string | null; by: "learner" | "list" | "nobody" }
  /** `right` is null where nothing was predicted */
  | {
      type: "prediction-judged";
      predicted: string | null;
      actual: string;
      right: boolean | null;
      /** why it is so, in a line or two */
      why?: string;
    }
  /** what a step's body says of what came out of it, by which its prediction is judged */
  | { type: "facts-told"; facts: Record<string, Json> }
  | { type: "step-end"; step: string; totals: Totals }
  | { type: "section-end"; section: string }
  | {
      type: "lesson-end";
      lesson: string;
      /** "partly": it was played to its end, and some of its steps failed */
      outcome: "done" | "partly" | "quit" | "failed";
      /** the steps that failed and were not run again with success */
      failed: string[];
      totals: Totals;
      /** predictions that the learner made, and those of them that were right */
      predictions: { right: number; made: number };
      /**
       * what was learnt, and when to use what: a line each; empty where not all of it was played
       */
      recap: string[];
      whenToUse: string[];
      /** what to type next; null where nothing follows */
      next: NextCommand | null;
    };

/** A conversation of the learner's own, with a memory of their choice. */
type ChatEvent =
  | { type: "chat-start"; memory: string; title: string; params: ParamInfo[] }
  /** the learner's line; the calls that follow belong to it */
  | { type: "turn-start"; turn: number; input: string }
  | { type: "turn-end"; turn: number; totals: Totals }
  | { type: "chat-end"; totals: Totals };

/** A folder is read, and what is new in it is embedded and stored. The work is told by `work-*`. */
type IndexEvent =
  | {
      type: "index-start";
      folder: string;
      /** the store and where it is, without passwords */
      store: string;
    }
  | {
      type: "index-end";
      /** `unchanged`: the same as in the index; `gone`: deleted, or no longer readable */
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
      /** the command that asks the index a question */
      ask: string;
      ms: number;
    }
  /** what is indexed at a place, without a folder being read */
  | { type: "index-listed"; store: string; folders: IndexedFolder[]; bytes: number | null }
  /** chunks of a folder left the index */
  | { type: "index-removed"; store: string; folder: string; chunks: number };

/** A question to documents that were indexed. */
type AskEvent =
  | {
      type: "ask-start";
      question: string;
      /** the store and where it is, without passwords */
      store: string;
      embeddingModel: string;
    }
  | { type: "passages-found"; passages: FoundPassage[] }
  | {
      type: "ask-end";
      /** false where the documents have no answer */
      answered: boolean;
      answer: string;
      cited: FoundPassage[];
      /** how many passages were found and are not cited */
      others: number;
      /** without an answer, the passages that fit best, each with its sentence that fits best */
      nearest: { passage: FoundPassage; sentence: string }[];
      totals: Totals;
    };

/** A tiny model is trained outside a lesson. Its stages are told by `work-*`. */
type TrainEvent =
  | {
      type: "train-start";
      /** the folder that the checkpoints are written to */
      folder: string;
      /** what the same weights need again: seed, steps, layers, width, corpus */
      recipe: Record<string, string | number>;
    }
  | {
      type: "train-end";
      /** the checkpoints that were written */
      files: string[];
      /** the command that uses the first of them */
      use: string;
    };

/**
 * What a chain is, whatever its class is called:
 * - `sequence` runs chains one after the other, and hands on their variables by name
 * - `router` runs a chain that chooses, then the chain that was chosen
 * - `link` fills in one prompt and calls the model
 * - `pipe` and `parallel` join runnables: one after the other, or all at once
 * - `retriever` fetches passages for a prompt, `agent` lets a model call tools, `parser` reads a
 *   reply
 */
export type ChainKind =
  | "sequence"
  | "router"
  | "link"
  | "pipe"
  | "parallel"
  | "retriever"
  | "agent"
  | "tool"
  | "parser"
  | "other";

/** What LangChain runs around calls. `parent` is the run that it is part of. */
type ChainEvent =
  | {
      type: "chain-start";
      run: string;
      parent: string | null;
      kind: ChainKind;
      /** its class or its own name, to be shown: "SequentialChain" */
      name: string;
      inputs: Json;
    }
  | { type: "chain-end"; run: string; outputs: Json }
  | { type: "chain-failed"; run: string; message: string };

/** Something is shown. What it looks like is the stage's affair. */
type ShownEvent =
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
  /** vectors as a map; `kept` is the share of their variance that two dimensions show */
  | { type: "map-shown"; title: string; points: MapPoint[]; kept: number }
  | { type: "chain-drawn"; title: string; diagram: Diagram }
  /** a whole prompt that the learner asked to see */
  | { type: "prompt-shown"; messages: PromptMessage[] }
  /** a line of llm-lab's own, such as help */
  | { type: "note-shown"; text: string }
  | { type: "error-raised"; message: string; hint: string };

export type EventOf<T extends LabEvent["type"]> = Extract<LabEvent, { type: T }>;

/** Takes each event as it happens; a returned promise holds the run until the consumer is ready. */
export type Emit = (event: LabEvent) => void | Promise<void>;
