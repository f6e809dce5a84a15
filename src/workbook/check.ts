import type { Difference } from "./verdict.ts";

/**
 * What `check.ts` of an exercise exports as `check`. It is run twice in one process: with `given`,
 * and with an input that is drawn at random.
 */
export interface Check<Given extends object = Record<string, unknown>> {
  /** the input that everybody gets */
  given: Given;
  /** another input of the same kind; nothing in it may be guessed from `given` */
  draw(draw: Draw): Given;
  /**
   * The models that each call is handed besides its input, by name, with fields for `ChatOpenAI`.
   * Without it there is one, `model`; with `{}` there is none, and the learner's code makes its
   * own.
   */
  models?: Record<string, object>;
  /** how long all inputs may take together: 10 seconds without it, 30 at the most */
  milliseconds?: number;
  /** calls the learner's code and holds what came of it against the task */
  judge(lab: Lab, given: Given): Promise<void>;
}

/** What a check works with. */
export interface Lab {
  /**
   * Calls a function that the learner's file exports, with one object: the models and `given`.
   * What it throws is the learner's error, and ends the check.
   */
  call(name: string, given?: object): Promise<unknown>;
  /** The same where the task wants an error: returns it, or undefined if none was thrown. */
  fails(name: string, given?: object): Promise<Error | undefined>;
  /** Loads the learner's file anew: what its modules kept is gone. */
  restart(): Promise<void>;
  /**
   * `call` in a process of its own, as after a restart: only files are left. `given` and what is
   * returned travel as JSON. With `killAtRequest` the process is killed (-9) when that request of
   * the call comes, and undefined is returned.
   */
  callInNewProcess(
    name: string,
    given?: object,
    options?: { killAtRequest?: number },
  ): Promise<unknown>;
  /** an empty folder that both inputs share, for programs that keep files */
  folder: string;
  /** the text of the learner's file, for tasks about what it imports */
  source: string;
  wire: Wire;
  /** random values for replies and the like, from the printed seed */
  draw: Draw;
  /** Holds a fact. `says` is for the learner: what was found, and what was expected. */
  expect(fact: boolean, says: string, difference?: Difference): void;
  /** How many requests must have been sent. */
  expectRequests(count: number): void;
  /** A text that the prompt of a request must have word for word. */
  expectSent(request: number, text: string, says: string): void;
  /** A text that the prompt of a request must not have. */
  expectUnsent(request: number, text: string, says: string): void;
  /** What the learner's function returned must be this text; surrounding space does not count. */
  expectReturned(returned: unknown, text: string, what?: string): void;
  /** One sentence on code that is right and could be better. Only the first is shown. */
  remark(says: string): void;
}

/** The requests of the learner's code, and the replies they get. No request leaves the process. */
export interface Wire {
  /** in the order in which they came, for this input */
  readonly requests: readonly SeenRequest[];
  /** what happened on the wire, in order */
  readonly events: readonly WireEvent[];
  /**
   * Sets what chat requests are answered; without it each gets a drawn sentence that names its
   * place. The script may wait, for example for `arrived`.
   */
  answer(script: (request: SeenRequest) => Reply | string | Promise<Reply | string>): void;
  /**
   * Waits until that number of requests has come; ends with false once none has come for half a second,
   * so only a wrong answer waits.
   */
  arrived(count: number): Promise<boolean>;
}

export interface SeenRequest {
  /** its place, from 1 */
  place: number;
  /** such as /v1/chat/completions */
  path: string;
  /** the model's name */
  model: string;
  messages: SeenMessage[];
  /** the texts of all messages, joined by line ends */
  prompt: string;
  isStream: boolean;
  /** the names of its tools */
  tools: string[];
  /** the JSON schema that the reply must have, as `response_format` sends it */
  schema?: { name?: string; strict?: boolean; schema?: Record<string, unknown> };
  /** the whole body */
  // biome-ignore lint/suspicious/noExplicitAny: checks look into bodies of any API
  body: any;
  /** aborts when the learner's side closes the connection */
  signal: AbortSignal;
}

export interface SeenMessage {
  role: string;
  text: string;
  calls: { id: string; name: string; arguments: string }[];
  /** the call that a tool's message answers */
  callId?: string;
}

export type WireEvent =
  | { event: "request" | "reply" | "closed"; request: number }
  | { event: "piece"; request: number; text: string };

/** A reply as a model gives it, or an answer that is none. */
export interface Reply {
  text?: string;
  /** the same, piece by piece where the request streams; an async iterable may wait in between */
  pieces?: Iterable<string> | AsyncIterable<string>;
  calls?: { name: string; arguments: object | string; id?: string }[];
  finish?: "stop" | "length" | "tool_calls" | "content_filter";
  /** other than 200 for an error, with `headers` such as retry-after */
  status?: number;
  headers?: Record<string, string>;
  /** the body as it is, in place of all the above: for what is not JSON */
  body?: string;
}

/** Random values from one seed. */
export interface Draw {
  /** a whole number, both ends included */
  integer(from: number, to: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** some of the values, each at most once, in random order */
  some<Value>(values: readonly Value[], count: number): Value[];
  /** a pronounceable word that no text has by chance, such as "voralim" */
  word(): string;
  /** such as "Marlok", for people, companies and products */
  name(): string;
  /** such as "KX-4711", for orders and keys */
  code(): string;
}
