import type { InputCount, Json, OfferedTool, PromptMessage, TokenCount } from "./shapes.ts";

/** Requests to a model. `call` counts them from 1. */
export type CallEvent =
  | {
      type: "call-start";
      call: number;
      kind: "chat" | "completion" | "embedding";
      model: string;
      /** the chain that makes the call; null if the lesson calls the model itself */
      caller: string | null;
      /** a lesson's own line asks for an answer, a memory asks for a summary */
      purpose: "answer" | "summary";
      /** the prompt that was sent, read off the wire */
      messages: PromptMessage[];
      /** names of the tools that were offered with it */
      tools?: string[];
      /** the same with their descriptions and schemas, read off the wire */
      offered?: OfferedTool[];
      /** under xray, the call whose prompt this one goes on from; null where it begins anew */
      follows?: number | null;
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
  /** under xray, the program sends a call once more that has failed */
  | {
      type: "call-resent";
      call: number;
      /** how often it was sent, this time included */
      attempt: number;
      /** how it failed before: "429" */
      after: string;
      /** how long the program waited */
      waitMs: number;
    }
  /**
   * the model refuses a parameter: it is left out, or sent under another name, for the rest of the
   * run
   */
  | {
      type: "parameter-refused";
      call: number;
      model: string;
      /** "temperature", "response_format.json_schema.strict" */
      parameter: string;
      /** what it was asked to be */
      value: Json;
      /** the name under which the model takes it */
      instead?: string;
    }
  | {
      type: "call-end";
      call: number;
      /** the answer, without what the model thought before it */
      text: string;
      /** what the model thought before its answer; no part of what memories and lessons get */
      thought?: string;
      /** why the reply is not a usual one: cut when its tokens ran out, or a refusal to answer */
      finish?: "length" | "refusal";
      tokens: TokenCount;
      /** how many of the input tokens the provider had in its cache, where it says so */
      cached?: number;
      inputCount: InputCount;
      /** US dollars, null when the model has no known price */
      cost: number | null;
      /** when the request went out, in milliseconds since the run began */
      startedMs: number;
      ms: number;
    }
  | { type: "call-failed"; call: number; message: string }
  /** texts that an embedding model was sent, in one request */
  | {
      type: "texts-embedded";
      model: string;
      texts: number;
      tokens: number;
      cost: number | null;
      ms: number;
    };
