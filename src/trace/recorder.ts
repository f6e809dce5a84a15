import { BaseCallbackHandler } from "@langchain/core/callbacks/base";
import { registerConfigureHook, setContextVariable } from "@langchain/core/context";
import type { Serialized } from "@langchain/core/load/serializable";
import type { BaseMessage } from "@langchain/core/messages";
import type { LLMResult } from "@langchain/core/outputs";
import { ChainLog } from "./chain-log.ts";
import type { Emit, EventOf, LabEvent } from "./events.ts";
import { inputCountOf } from "./input-count.ts";
import { toJson } from "./json.ts";
import { splitByOrigin } from "./origins.ts";
import type { WireMessage } from "./roles.ts";
import type { TokenCount } from "./shapes.ts";
import {
  besideIn,
  cachedIn,
  counted,
  type EmbeddingBody,
  fillingsOf,
  parseBody,
  replyText,
  textOf,
  toolsIn,
  type WireBody,
} from "./wire.ts";

type Wire = typeof fetch;

interface RecorderOptions {
  emit: Emit;
  /** US dollars for input and output tokens, null where no price is known */
  price(input: number, output: number, model?: string, cached?: number): number | null;
  countTokens(text: string): number;
  /** Takes what a call or an embedding cost, null where no price is known. */
  charge?(dollars: number | null): void;
  /** whether replies are asked for token by token */
  stream: boolean;
  /** milliseconds of a steady clock */
  now(): number;
}

interface CallRun {
  /** 0 until its request is on the wire */
  call: number;
  lastLine: string;
  parent: string | undefined;
  purpose: "answer" | "summary";
  /** the request, once it is on the wire */
  body: WireBody;
  startedAt: number;
}

const UNSENT: WireBody = { kind: "chat", model: "", messages: [], tools: [] };

const CONTEXT_VARIABLE = "llm-lab-recorder";

/**
 * Turns what LangChain does into LabEvents.
 *
 * Who calls, and what comes back, is told by LangChain's callbacks; the prompt is read off the
 * wire. The handler is attached to everything that runs inside `run`, the hidden calls of a memory
 * included, so a lesson need not know of it. It can have LangChain stream, so that a reply is shown
 * as it comes whatever method the lesson called.
 */
export class Recorder extends BaseCallbackHandler {
  name = "llm-lab-recorder";
  override awaitHandlers = true;
  lc_prefer_streaming: boolean;

  readonly #options: RecorderOptions;
  readonly #chains = new ChainLog();
  readonly #calls = new Map<string, CallRun>();
  readonly #summaries: string[] = [];
  #count = 0;
  readonly #begun: number;

  constructor(options: RecorderOptions) {
    super();
    this.#options = options;
    this.#begun = options.now();
    this.lc_prefer_streaming = options.stream;
  }

  /** Runs a function; all that LangChain does inside it is recorded. */
  async run<T>(body: () => Promise<T>): Promise<T> {
    registerConfigureHook({ contextVar: CONTEXT_VARIABLE, inheritable: true });
    setContextVariable(CONTEXT_VARIABLE, this);
    return body();
  }

  /** A wire that reports each request before it goes out. */
  watch(wire: Wire): Wire {
    return async (input, init) => {
      const body = parseBody(init?.body);
      if (body?.kind === "embedding") return this.#embedded(body, () => wire(input, init));
      const run = body && this.#waiting(body.messages);
      if (body && run) await this.#started(run, body);
      return wire(input, init);
    };
  }

  /** Embeddings have no callbacks: what they took is read off the reply. */
  async #embedded({ model, texts }: EmbeddingBody, send: () => Promise<Response>) {
    const { price, countTokens, emit, now } = this.#options;
    const begun = now();
    const response = await send();
    if (!response.ok) return response;
    const usage = (
      await response
        .clone()
        .json()
        .catch(() => undefined)
    )?.usage?.prompt_tokens;
    const tokens = counted(usage) ?? texts.reduce((sum, text) => sum + countTokens(text), 0);
    const cost = price(tokens, 0, model);
    this.#options.charge?.(cost);
    const ms = now() - begun;
    await emit({ type: "texts-embedded", model, texts: texts.length, tokens, cost, ms });
    return response;
  }

  /** Reports that the wire tries the last request again. */
  async retried(info: { attempt: number; of: number; reason: string; waitMs: number }) {
    await this.#options.emit({ type: "call-retried", call: this.#count, ...info });
  }

  /**
   * Reports that the last request is sent once more, without a parameter that the model refuses.
   */
  async refused({
    value,
    ...what
  }: Omit<EventOf<"parameter-refused">, "type" | "call" | "value"> & { value: unknown }) {
    await this.#options.emit({
      type: "parameter-refused",
      call: this.#count,
      ...what,
      value: toJson(value),
    });
  }

  /** Shows a sentence about the wire. */
  async noted(text: string) {
    await this.#options.emit({ type: "note-shown", text });
  }

  // LangChain's types name the parameters in another order; this is the order in which they come.
  override async handleChainStart(
    chain: Serialized,
    inputs: Record<string, unknown>,
    run: string,
    parent?: string,
    tags?: string[],
    _metadata?: Record<string, unknown>,
    _runType?: string,
    runName?: string,
  ) {
    const fillings = fillingsOf(chain, inputs);
    const className = chain?.id?.at(-1) ?? "Chain";
    await this.#tell(
      this.#chains.start({ run, parent, className, runName, tags, inputs, fillings }),
    );
  }

  override async handleChainEnd(outputs: Record<string, unknown>, runId: string) {
    await this.#tell(this.#chains.end(runId, outputs));
  }

  override async handleChainError(error: unknown, runId: string) {
    await this.#tell(this.#chains.fail(runId, messageOf(error)));
  }

  async #tell(event: LabEvent | undefined) {
    if (event) await this.#options.emit(event);
  }

  override handleChatModelStart(
    _llm: Serialized,
    messages: BaseMessage[][],
    runId: string,
    parentRunId?: string,
  ) {
    const last = messages[0]?.at(-1);
    this.#enqueue(runId, last ? textOf(last.content) : "", parentRunId);
  }

  override handleLLMStart(
    _llm: Serialized,
    prompts: string[],
    runId: string,
    parentRunId?: string,
  ) {
    this.#enqueue(runId, prompts[0] ?? "", parentRunId);
  }

  override async handleLLMNewToken(token: string, _index: unknown, runId: string) {
    const call = this.#calls.get(runId)?.call;
    if (call && token !== "") await this.#options.emit({ type: "call-token", call, text: token });
  }

  override async handleLLMEnd(output: LLMResult, runId: string) {
    const run = this.#calls.get(runId);
    this.#calls.delete(runId);
    // A fake model, or one of a test's endpoint, has sent nothing on this wire.
    if (!run?.call) return;
    const { price, now, emit, countTokens } = this.#options;
    const text = replyText(output);
    const { input, output: written } = toldCounts(output);
    const inputCount = inputCountOf(run.body, input, countTokens, run.body.tools);
    const tokens = { input: input ?? inputCount.text, output: written ?? countTokens(text) };
    if (run.purpose === "summary") this.#summaries.push(text);
    const cost = price(tokens.input, tokens.output, run.body.model, cachedIn(output));
    this.#options.charge?.(cost);
    await emit({
      type: "call-end",
      call: run.call,
      text,
      ...besideIn(output),
      tokens,
      inputCount,
      cost,
      startedMs: run.startedAt - this.#begun,
      ms: now() - run.startedAt,
    });
  }

  override async handleLLMError(error: unknown, runId: string) {
    const run = this.#calls.get(runId);
    this.#calls.delete(runId);
    if (run?.call)
      await this.#options.emit({ type: "call-failed", call: run.call, message: messageOf(error) });
  }

  #enqueue(runId: string, lastLine: string, parent: string | undefined) {
    const purpose = this.#chains.purposeOf(parent);
    const unsent = { call: 0, body: UNSENT, startedAt: 0 };
    this.#calls.set(runId, { ...unsent, lastLine, parent, purpose });
  }

  /**
   * The model run that a request belongs to: the one that waits with the same last message, else
   * the first that waits.
   */
  #waiting(messages: WireMessage[]): CallRun | undefined {
    const waiting = [...this.#calls.values()].filter((run) => run.call === 0);
    return waiting.find((run) => run.lastLine === messages.at(-1)?.content) ?? waiting[0];
  }

  async #started(run: CallRun, body: WireBody) {
    this.#count += 1;
    run.call = this.#count;
    run.body = body;
    await this.#options.emit({
      type: "call-start",
      call: run.call,
      kind: body.kind,
      model: body.model,
      caller: this.#chains.callerOf(run.parent),
      purpose: run.purpose,
      messages: splitByOrigin(body.messages, this.#chains.fillingsOf(run.parent), this.#summaries),
      ...toolsIn(body),
    });
    run.startedAt = this.#options.now();
  }
}

/** The tokens that the endpoint counted, where it says so. */
function toldCounts({ llmOutput }: LLMResult): Partial<TokenCount> {
  const { promptTokens, completionTokens } = llmOutput?.tokenUsage ?? {};
  return { input: counted(promptTokens), output: counted(completionTokens) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
