/** A request for a reply, as a program sent it. */
export interface Call {
  /** its number among the calls of its endpoint, from 1 */
  readonly number: number;
  readonly api: "chat" | "responses" | "completions";
  readonly model: string;
  readonly messages: readonly Message[];
  /** the prompt as one text: each message after its role */
  readonly prompt: string;
  /** names of the tools that are offered */
  readonly tools: readonly string[];
  /** tokens of the messages, in the encoding of the model, as OpenAI counts them */
  readonly tokens: number;
  /** the body as it was sent */
  readonly body: Readonly<Record<string, unknown>>;
  /** the headers as they were sent, in small letters; a key stands in `authorization` */
  readonly headers: Readonly<Record<string, string>>;
  /** what came back; undefined until its end */
  readonly reply: Reply | undefined;
}

/** A message of a prompt. Of pictures and sounds only the kind is told: "[image_url]". */
export interface Message {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  /** the tools that an assistant's message calls */
  readonly toolCalls?: readonly ToolCall[];
  /** the call that a tool's message answers */
  readonly toolCallId?: string;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as it was written */
  readonly arguments: string;
}

/** What came back for a call. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly toolCalls: readonly Omit<ToolCall, "id">[];
  /** why it ended: "stop", "length", "tool_calls" */
  readonly finish: string | undefined;
  /** the endpoint's words, where it refused the call or failed */
  readonly error: string | undefined;
}

/** A request for vectors. */
export interface EmbeddingCall {
  readonly model: string;
  readonly texts: readonly string[];
}

/** An endpoint that speaks OpenAI's protocol, on this machine. */
export interface Endpoint {
  /** for clients that take a `fetch`; no socket is opened */
  readonly fetch: typeof globalThis.fetch;
  /** what was asked for replies so far, in order */
  readonly calls: readonly Call[];
  /** what was asked for vectors so far, in order */
  readonly embeddings: readonly EmbeddingCall[];
  /** Listens on loopback, at a free port, and gives the address: "http://127.0.0.1:40123/v1". */
  listen(): Promise<string>;
  /** Forgets the calls and embeddings so far. */
  clear(): void;
  /** Stops listening, cuts connections that are open, and ends a tape. */
  close(): Promise<void>;
}

/** An endpoint that has a fixed list of replies. */
export interface FiniteEndpoint extends Endpoint {
  /** how many replies nobody has asked for yet */
  readonly left: number;
}

/** A way to spoil replies; see `faults`. */
export type FaultKind =
  | "unfenced-json"
  | "trailing-comma"
  | "comment"
  | "string-inputs"
  | "invented-destination"
  | "prototype-destination"
  | "half-stream"
  | "empty-reply"
  | "wrong-type"
  | "missing-argument"
  | "unknown-tool"
  | "broken-arguments"
  | "calls-again"
  | "obeys-result"
  | "429"
  | "503";

export interface EndpointOptions {
  /** spoils each reply in this way; "429" and "503" refuse the first try of each request */
  fault?: FaultKind;
}

/** A reply that a test writes. */
export type ScriptedReply =
  | string
  | ScriptedText
  | ScriptedJson
  | ScriptedError
  | ((call: Call) => ScriptedReply | Promise<ScriptedReply>);

export interface ScriptedText {
  text?: string;
  /** tools to call; arguments that are not a string are written as JSON */
  toolCalls?: readonly { name: string; arguments?: unknown }[];
  /** "length" for a reply that was cut; otherwise "stop", or "tool_calls" */
  finish?: "stop" | "length" | "tool_calls" | "content_filter";
}

/** A value that is written as JSON. */
export interface ScriptedJson {
  json: unknown;
}

/** A failure: a status with OpenAI's body, or a connection that breaks. */
export type ScriptedError =
  | {
      status: number;
      message?: string;
      code?: string;
      headers?: Record<string, string>;
    }
  | { disconnect: true };

export interface StrictOptions extends EndpointOptions {
  /** who answers a sound request: an endpoint or a script; else llm-lab's own model */
  replies?: Endpoint | readonly ScriptedReply[];
  /** tokens that a prompt may have, in place of what is known of the model */
  contextWindow?: number;
}

export interface TapeOptions extends EndpointOptions {
  /** what is recorded: an endpoint, its address, or a `fetch`; without it the tape is played */
  record?: string | URL | Endpoint | typeof globalThis.fetch;
}

/** What the matchers look at: all calls of an endpoint, some of them, or one. */
export type Sender = Endpoint | Call | readonly Call[];

/** A message that must be in a prompt: what is given must fit. A text need only be contained. */
export interface MessageLike {
  role?: string;
  content?: string | RegExp;
  name?: string;
  toolCallId?: string;
  toolCalls?: readonly { name?: string; arguments?: string | RegExp | object }[];
}

/** A text that a prompt contains, a pattern, or messages of one prompt in this order. */
export type Sent = string | RegExp | MessageLike | readonly MessageLike[];

/** An exact number, or bounds. */
export type Count = number | { atMost?: number; atLeast?: number };

/** What a matcher found: whether it holds, and what to say where that is not what was expected. */
export interface Outcome {
  pass: boolean;
  message(): string;
}

/** The matchers as `expect` has them. */
export interface LabMatchers<R = void> {
  /** A call sent a text, a pattern, or these messages in this order. */
  toHaveSent(expected: Sent): R;
  /** All prompts together have this many tokens. */
  toHaveSentTokens(expected: Count): R;
  /** This many requests for a reply came, tries again counted; not those for vectors. */
  toHaveCalled(expected: Count): R;
  /** No prompt has more tokens than this. */
  toStayWithin(tokens: number): R;
}
