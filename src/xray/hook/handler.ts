import type { Serialized } from "@langchain/core/load/serializable";
import type { BaseMessage } from "@langchain/core/messages";
import type { Started } from "../../trace/chain-log.ts";
import type { Json } from "../../trace/events.ts";
import { toJson } from "../../trace/json.ts";
import { fillingsOf, textOf } from "../../trace/wire.ts";
import type { HookLine } from "./lines.ts";

/** What a text of a chain is cut to; the prompt itself is read off the wire. */
const MOST = 4000;
const NAME = "llm-lab-xray";

/**
 * Hears of all that the program's LangChain runs, and writes it down at once: what runs around a
 * call is written before its request is sent. It is a callback handler by its shape alone, so that
 * it fits every version, and no fault of it reaches the program.
 */
export class HookHandler {
  readonly name = NAME;
  readonly lc_serializable = false;
  readonly lc_namespace = ["langchain_core", "callbacks", NAME];
  readonly ignoreLLM = false;
  readonly ignoreChain = false;
  readonly ignoreAgent = false;
  readonly ignoreRetriever = false;
  readonly ignoreCustomEvent = true;
  readonly raiseError = false;
  /** or LangChain would call it later, from a queue */
  readonly awaitHandlers = true;
  readonly #write: (line: HookLine) => void;

  constructor(write: (line: HookLine) => void) {
    this.#write = (line) => {
      try {
        write(line);
      } catch {
        // The program goes on without us.
      }
    };
  }

  copy(): this {
    return this;
  }

  handleChainStart(
    chain: Serialized,
    inputs: Record<string, unknown>,
    run: string,
    parent?: string,
    tags?: string[],
    _metadata?: unknown,
    _runType?: string,
    runName?: string,
  ): void {
    this.#start(() => {
      const className = chain?.id?.at(-1) ?? "Chain";
      const fillings = fillingsOf(chain, inputs);
      return { run, parent, className, runName, tags, inputs: short(inputs), fillings };
    });
  }

  handleChainEnd(outputs: unknown, run: string): void {
    this.#end(run, () => short(outputs));
  }

  handleChainError(error: unknown, run: string): void {
    this.#write({ told: "fail", run, message: messageOf(error) });
  }

  handleToolStart(
    tool: Serialized,
    input: string,
    run: string,
    parent?: string,
    tags?: string[],
    _metadata?: unknown,
    runName?: string,
  ): void {
    this.#start(() => {
      const className = tool?.id?.at(-1) ?? "Tool";
      const inputs = short(argumentsIn(input));
      return { run, parent, className, runName, tags, inputs, fillings: [], kind: "tool" };
    });
  }

  handleToolEnd(output: unknown, run: string): void {
    const said = (output as { content?: unknown } | null)?.content ?? output;
    this.#end(run, () => ({ output: short(said) }));
  }

  handleToolError(error: unknown, run: string): void {
    this.handleChainError(error, run);
  }

  handleRetrieverStart(
    retriever: Serialized,
    query: string,
    run: string,
    parent?: string,
    tags?: string[],
    _metadata?: unknown,
    runName?: string,
  ): void {
    this.#start(() => {
      const className = retriever?.id?.at(-1) ?? "Retriever";
      const inputs = { query: short(query) };
      return { run, parent, className, runName, tags, inputs, fillings: [], kind: "retriever" };
    });
  }

  handleRetrieverEnd(documents: unknown[], run: string): void {
    this.#end(run, () => ({ documents: documents.length }));
  }

  handleRetrieverError(error: unknown, run: string): void {
    this.handleChainError(error, run);
  }

  handleChatModelStart(
    _llm: Serialized,
    messages: BaseMessage[][],
    run: string,
    parent?: string,
  ): void {
    const last = messages[0]?.at(-1);
    this.#write({ told: "model", run, parent, last: last ? textOf(last.content) : "" });
  }

  handleLLMStart(_llm: Serialized, prompts: string[], run: string, parent?: string): void {
    this.#write({ told: "model", run, parent, last: prompts[0] ?? "" });
  }

  #start(of: () => Omit<Started, "inputs"> & { inputs: Json }): void {
    try {
      this.#write({ told: "start", of: of() });
    } catch {
      // What cannot be read of the program's own objects is left out.
    }
  }

  #end(run: string, outputs: () => Json): void {
    try {
      this.#write({ told: "end", run, outputs: outputs() });
    } catch {
      this.#write({ told: "end", run, outputs: null });
    }
  }
}

/** A value as plain JSON, its long texts cut. */
function short(value: unknown): Json {
  return cut(toJson(value, 5));
}

function cut(value: Json): Json {
  if (typeof value === "string") return value.length > MOST ? `${value.slice(0, MOST)}…` : value;
  if (Array.isArray(value)) return value.map(cut);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item)]));
}

/** A tool's input, which LangChain hands over as a text. */
function argumentsIn(input: string): unknown {
  try {
    const read: unknown = JSON.parse(input);
    return typeof read === "object" && read !== null ? read : { input };
  } catch {
    return { input };
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
