import { createHash } from "node:crypto";

/** A message as the tutor reads it. */
export interface TextMessage {
  role: string;
  content: string;
  /** the functions that the assistant asked for in it */
  calls?: readonly GivenCall[];
  /** the call that a tool's message answers, and the tool's name where it is known */
  callId?: string;
  tool?: string;
}

export interface GivenCall {
  id: string;
  name: string;
  /** an object, written in JSON */
  arguments: string;
}

/** A function that the program can run. */
export interface ChatTool {
  type: "function";
  function: { name: string; description?: string | null; parameters?: JsonSchema | null };
}

export type JsonSchema = Readonly<Record<string, unknown>>;
export type ToolChoice = "none" | "auto" | "required" | { function: { name: string } };

/** A conversation that asks for a reply, whichever API it came by. */
export interface Turn {
  messages: readonly TextMessage[];
  tools: readonly ChatTool[];
  choice?: ToolChoice;
  /** whether the reply may call one function only */
  oneCall: boolean;
  /** the schema that the reply must have; "json" stands for any object */
  format?: JsonSchema | "json";
  /** texts that end the reply */
  stops: readonly string[];
  /** tokens that the reply may have */
  limit: number;
}

/** A function of the program's that is to be called first. */
export interface ToolUse {
  name: string;
  arguments: Record<string, unknown>;
}

/** The reply to a turn: a text, or calls of functions. */
export interface Reply {
  text: string;
  calls: readonly Omit<GivenCall, "id">[];
  finish: "stop" | "length" | "tool_calls";
  tokens: { prompt: number; reply: number };
}

/** The same request has the same id, so that runs can be compared. */
export function idOf(prefix: string, request: unknown): string {
  return `${prefix}${createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 24)}`;
}

/** A fixed time: the endpoint's answers depend on the request alone. */
export const CREATED = 0;

/** Where the first of the texts that end a reply begins; infinity where none is there. */
export function firstStop(text: string, stops: readonly string[]): number {
  const ends = stops.filter((stop) => stop !== "").map((stop) => text.indexOf(stop));
  return Math.min(...ends.filter((end) => end >= 0));
}

/** A text in the pieces in which it is streamed. */
export const piecesOf = (text: string) => text.match(/\s*\S+|\s+/g) ?? [];

/** The arguments of a call in the pieces in which they are streamed. */
export const bitsOf = (given: string) => given.match(/[\s\S]{1,12}/g) ?? [];

/** An error as OpenAI words it. */
export function errorBody(
  message: string,
  type: string,
  code: string | null,
  param: string | null = null,
) {
  return { error: { message, type, param, code } };
}
