import { createHash } from "node:crypto";
import { parseJson } from "../model/told.ts";
import type { Emit, LabEvent } from "../trace/events.ts";
import { inputCountOf } from "../trace/input-count.ts";
import { splitByOrigin } from "../trace/origins.ts";
import { promptByRole } from "../trace/roles.ts";
import type { Secrets } from "../trace/secrets.ts";
import type { EmbeddingBody } from "../trace/wire.ts";
import {
  asksForSummary,
  type Call,
  followedBy,
  isHiddenSummary,
  promptOf,
  type Try,
} from "./calls.ts";
import type { Hooked } from "./hooked.ts";
import type { Received } from "./received.ts";
import { Sending } from "./sending.ts";
import { readSent, type Sent } from "./sent.ts";
import { findTraps } from "./traps.ts";

interface ObserverOptions {
  /** takes each event in order; nothing of the program waits for it */
  emit: Emit;
  /** US dollars, null where no price is known */
  price(model: string, input: number, output: number, cached: number): number | null;
  /** told what a call cost, null where no price is known */
  charge(dollars: number | null): void;
  /** counts tokens as a model does */
  counterFor(model: string): Promise<(text: string) => number>;
  secrets: Secrets;
  /** what LangChain in the program tells, where it can be asked */
  hooked?: Hooked;
  /** milliseconds of a steady clock */
  now(): number;
}

/** A request of the program, as it came. */
export interface Request {
  method: string;
  path: string;
  headers: Headers;
  /** the body as text; empty where there is none */
  body: string;
}

/** What is told of a request while it is answered. */
export interface Watch {
  /** the head of the reply */
  replied(status: number, headers: Headers): void;
  piece(text: string): void;
  /** the reply is whole; `at` is when, where that was not just now */
  ended(at?: number): void;
  /** no reply came, or only the start of one; `mayRetry` is false where another try is in vain */
  broke(why: string, mayRetry?: boolean, at?: number): void;
}

/** How many calls are kept for finding what a new one goes on from, and traps. */
const MOST_CALLS = 400;
const RETRIED = new Set([408, 409, 425, 429]);

/**
 * Turns the requests of a program, and the replies to them, into LabEvents. It reads what passed
 * after it has passed on, one thing at a time, so that the program waits for nothing.
 */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #calls: Call[] = [];
  readonly #told = new Set<string>();
  readonly #begun: number;
  #count = 0;
  #embedded = 0;
  #requests = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(options: ObserverOptions) {
    this.#options = options;
    this.#begun = options.now();
  }

  /** A request has come, at a time of the clock. */
  begin(request: Request, begunAt = this.#options.now()): Watch {
    const { now, secrets } = this.#options;
    secrets.add(request.headers.get("authorization")?.replace(/^Bearer /i, "") ?? "");
    secrets.add(request.headers.get("api-key") ?? "");
    const sending = new Sending(begunAt);
    this.#requests += 1;
    this.#later(() => this.#read(sending, request));
    const end = (failed?: string, at = now()) => {
      sending.attempt.endedAt = at;
      this.#later(() => this.#close(sending, failed));
    };
    return {
      replied(status, headers) {
        sending.status = status;
        sending.attempt.retryAfterMs = retryAfter(headers);
        sending.attempt.mayRetry = status >= 500 || RETRIED.has(status);
      },
      piece: (text) => {
        // Pieces that come while others wait are read together.
        if (sending.waiting === "") this.#later(() => this.#grow(sending));
        sending.waiting += text;
      },
      ended: (at) => end(undefined, at),
      broke: (why, mayRetry = true, at) => {
        sending.attempt.mayRetry = mayRetry;
        end(why, at);
      },
    };
  }

  /** whether no request came at all */
  get isUnused(): boolean {
    return this.#requests === 0;
  }

  /** how many texts were embedded, and how many traps were found */
  get counts(): { embedded: number; traps: number } {
    return { embedded: this.#embedded, traps: this.#told.size };
  }

  /**
   * Waits until all that came is shown.
   *
   * @throws what went wrong with the showing, of which the program was told nothing
   */
  async settled(): Promise<void> {
    this.#later(() => this.#emitAll(this.#options.hooked?.rest()));
    for (let work = this.#work; ; work = this.#work) {
      await work;
      if (work === this.#work) return;
    }
  }

  #later(work: () => Promise<void>): void {
    this.#work = this.#work.then(async () => {
      // What waits to be passed on goes first.
      await new Promise<void>((resolve) => setImmediate(resolve));
      await work();
    });
    this.#work.catch(() => {});
  }

  /** Shows an event, without any key that is known by now. */
  async #emit(event: LabEvent): Promise<void> {
    await this.#options.emit(this.#options.secrets.hideAll(event));
  }

  async #emitAll(events: readonly LabEvent[] = []): Promise<void> {
    for (const event of events) await this.#emit(event);
  }

  async #read(sending: Sending, { method, path, body }: Request): Promise<void> {
    sending.place = `${method} ${path}`;
    const sent = method === "POST" ? readSent(path, parseJson(body)) : undefined;
    if (sent === undefined) return;
    if (sent.kind === "embedding") sending.texts = sent;
    else await this.#start(sending, sent, fingerprint(path, body));
  }

  async #start(sending: Sending, sent: Sent, print: string): Promise<void> {
    const { attempt } = sending;
    const again = this.#calls.findLast((call) => call.print === print);
    const last = again?.tries.at(-1);
    if (again && last?.failed !== undefined && last.mayRetry) {
      again.tries.push(attempt);
      sending.call = again;
      const { failed: after, endedAt = 0 } = last;
      const waitMs = attempt.startedAt - endedAt;
      const which = { call: again.call, attempt: again.tries.length };
      await this.#emit({ type: "call-resent", ...which, after, waitMs });
      return;
    }
    const prompt = promptOf(sent);
    const isSummary = asksForSummary(sent);
    const follows = followedBy({ sent, prompt, isSummary }, this.#calls);
    const keys = this.#options.secrets.find(prompt);
    this.#count += 1;
    const asked = sent.messages.at(-1)?.content ?? "";
    await this.#emitAll(this.#options.hooked?.before(asked));
    const known = this.#options.hooked?.claim(asked);
    const call: Call = {
      ...{ call: this.#count, sent, print, prompt, isSummary, follows, keys },
      tries: [attempt],
      received: undefined,
    };
    sending.call = call;
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS) this.#forget();
    await this.#emit({
      type: "call-start",
      call: call.call,
      kind: sent.kind,
      model: sent.model,
      caller: known?.caller ?? null,
      purpose: known?.purpose ?? (isHiddenSummary(sent) ? "summary" : "answer"),
      messages: known?.fillings.length
        ? splitByOrigin(sent.messages, known.fillings, [])
        : promptByRole(sent.messages),
      ...(sent.tools.length > 0 && { tools: sent.tools }),
      follows: follows?.call ?? null,
    });
  }

  /** Lets go of the oldest call. */
  #forget(): void {
    const oldest = this.#calls.shift();
    for (const call of this.#calls) if (call.follows === oldest) call.follows = undefined;
  }

  async #grow(sending: Sending): Promise<void> {
    const grown = sending.tap.feed(sending.waiting);
    sending.waiting = "";
    const { call } = sending;
    if (!call || sending.status >= 400 || grown === "") return;
    const words = sending.whole(grown);
    if (words !== "") await this.#emit({ type: "call-token", call: call.call, text: words });
  }

  async #close(sending: Sending, broken: string | undefined): Promise<void> {
    const { call, status, attempt, texts, place } = sending;
    const received = sending.tap.end(status);
    const failed = broken ?? (status >= 400 ? String(status) : undefined);
    if (failed !== undefined || received.error !== undefined) {
      attempt.failed = failed ?? "an error in its reply";
      const words = [attempt.failed, received.error ?? ""].filter((part) => part !== "").join(": ");
      if (call) await this.#emit({ type: "call-failed", call: call.call, message: words });
      else await this.#emit({ type: "note-shown", text: `${place} → ${words}` });
    } else if (texts) await this.#countTexts(texts, received, attempt);
    else if (call) {
      call.received = received;
      const rest = sending.whole("", true);
      if (rest !== "") await this.#emit({ type: "call-token", call: call.call, text: rest });
      await this.#ended(call, attempt);
    }
    if (call) await this.#judge(call);
  }

  async #ended(call: Call, { startedAt, endedAt = startedAt }: Try): Promise<void> {
    const { received, sent } = call;
    if (!received) return;
    const { price, charge, counterFor } = this.#options;
    const countTokens = await counterFor(sent.model);
    const { text, thought, calls, finish, usage } = received;
    const inputCount = inputCountOf(sent, usage?.input, countTokens);
    const told = calls.map((one) => `→ ${one.name}(${one.arguments})`);
    const whole = [text, ...told].filter((part) => part !== "").join("\n");
    const tokens = {
      input: usage?.input ?? inputCount.text,
      output: usage?.output ?? countTokens(whole),
    };
    const cost = price(sent.model, tokens.input, tokens.output, usage?.cached ?? 0);
    charge(cost);
    await this.#emit({
      type: "call-end",
      call: call.call,
      text: whole,
      ...(thought.trim() !== "" && { thought: thought.trim() }),
      ...((finish === "length" || finish === "refusal") && { finish }),
      tokens,
      ...(usage && usage.cached > 0 && { cached: usage.cached }),
      inputCount,
      cost,
      startedMs: startedAt - this.#begun,
      ms: endedAt - startedAt,
    });
  }

  async #countTexts(
    { model, texts }: EmbeddingBody,
    { usage }: Received,
    { startedAt, endedAt = startedAt }: Try,
  ): Promise<void> {
    const { price, charge, counterFor } = this.#options;
    this.#embedded += texts.length;
    const countTokens = await counterFor(model);
    const tokens = usage?.input ?? texts.reduce((sum, text) => sum + countTokens(text), 0);
    const cost = price(model, tokens, 0, 0);
    charge(cost);
    const ms = endedAt - startedAt;
    await this.#emit({ type: "texts-embedded", model, texts: texts.length, tokens, cost, ms });
  }

  /** Tells of traps that show at a call, each once in a run. */
  async #judge(call: Call): Promise<void> {
    const before = this.#calls.slice(0, this.#calls.indexOf(call));
    for (const { trap, text, read } of findTraps(call, before)) {
      if (this.#told.has(trap)) continue;
      this.#told.add(trap);
      await this.#emit({ type: "trap-found", trap, call: call.call, text, read });
    }
  }
}

function fingerprint(path: string, body: string): string {
  return createHash("sha256").update(`${path}\n${body}`).digest("base64");
}

function retryAfter(headers: Headers): number | undefined {
  const ms = headers.get("retry-after-ms");
  const seconds = headers.get("retry-after");
  const told = ms !== null ? Number(ms) : seconds !== null ? Number(seconds) * 1000 : undefined;
  return told !== undefined && Number.isFinite(told) ? told : undefined;
}
