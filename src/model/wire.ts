import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "../errors.ts";
import type { Proxies } from "../proxies.ts";
import { urlOf } from "./address.ts";
import { inBatches, type SmallerBatches } from "./batches.ts";
import { BodyText, type Patience } from "./body-text.ts";
import { connectionFailure, EndpointFailure, type RequestFacts, silence } from "./failures.ts";
import { statusFailure } from "./refusals.ts";
import { type Edit, edited, editFor, valueAt } from "./refused.ts";
import { Refused } from "./refused-request.ts";
import { askedIn, factsOfWire, modelIn } from "./request-facts.ts";
import { beginsEvents } from "./server-events.ts";
import { readChunks, streamOf } from "./stream-guard.ts";
import { openTransport } from "./transport.ts";
import { checkedBody, chunksOfWhole, wholeOf } from "./whole-reply.ts";

export interface LiveWireOptions {
  /** the longest silence that is waited for, before a reply and within it */
  timeoutMs: number;
  /** where the key came from, for the sentence that says it was refused */
  keyOrigin?: string;
  /** how long tries are made before the reply begins; a reply that has begun may take its time */
  deadlineMs?: number;
  /** told before each further try, and waited for */
  onRetry?(info: {
    attempt: number;
    of: number;
    reason: string;
    waitMs: number;
  }): void | Promise<void>;
  /**
   * told before a request is sent once more without a parameter that the model refuses, and waited
   * for
   */
  onRefused?(what: RefusedParameter): void | Promise<void>;
  /** told once for each model whose server takes fewer texts at once, and waited for */
  onSmaller?(what: SmallerBatches): void | Promise<void>;
  /** told, once, what is odd about the endpoint and does no harm */
  onNote?(text: string): void | Promise<void>;
  /** milliseconds before the second try; doubled for the third */
  backoffMs?: number;
  /** the proxies on the way */
  proxies?: Proxies;
  /**
   * the organisation and project that the endpoint bills; nothing else is sent under these names
   */
  account?: Account;
}

/** What OpenAI calls an organisation and a project, by their ids. */
interface Account {
  organization?: string;
  project?: string;
}

export interface RefusedParameter {
  model: string;
  /** its name, with the way to it: "temperature", "response_format.json_schema.strict" */
  parameter: string;
  /** what it was asked to be */
  value: unknown;
  /** the name under which the model takes it; without one it is left out */
  instead?: string;
}

const TRIES = 3;
/** A model that loads is waited for longer than other trouble. */
const LOADING_TRIES = 40;
const LOADING_MS = 60_000;
const LONGEST_BACKOFF = 8;

/**
 * The way to a real endpoint: the platform's fetch, with every failure turned into a LabError.
 *
 * Refused and broken connections, 429 and 5xx are tried again, at most twice and within the
 * deadline, before any of the reply has been handed on. The caller's own abort stays the caller's
 * own error.
 *
 * A parameter that a model refuses, and that a request can do without, is left out of this request
 * and of all further ones to the same model.
 */
export function liveWire(options: LiveWireOptions): typeof fetch {
  const send = inBatches(retryingWire(options), options.onSmaller);
  const known = new Map<string, Edit[]>();
  const told = new Set<string>();
  const tell = async (model: string, { path, instead }: Edit, value: unknown) => {
    const parameter = path.filter((step) => step !== "[]").join(".");
    // A value is worth telling of as often as it changes; a name is not.
    const shown = instead === undefined && typeof value !== "object" ? value : undefined;
    const key = JSON.stringify([model, parameter, shown]);
    if (told.has(key)) return;
    told.add(key);
    await options.onRefused?.({
      model,
      parameter,
      value,
      ...(instead !== undefined && { instead }),
    });
  };
  return async (input, init) => {
    const asked = askedIn(init);
    const model = modelIn(asked);
    const place = `${urlOf(input).pathname} ${model}`;
    for (;;) {
      const edits = known.get(place) ?? [];
      for (const edit of edits) {
        const value = valueAt(asked, edit.path);
        if (value !== undefined) await tell(model, edit, value);
      }
      const body = edits.length === 0 ? init?.body : JSON.stringify(edited(asked, edits));
      try {
        return await send(input, { ...init, body });
      } catch (failure) {
        if (!(failure instanceof Refused)) throw failure;
        const left = edited(asked, edits);
        const edit = editFor(failure.status, failure.body, left, edits);
        // Another request may have found the same meanwhile.
        const now = known.get(place) ?? [];
        const isNew = edit && !now.some((one) => one.path.join() === edit.path.join());
        if (!edit || (!isNew && now.length === edits.length)) throw failure.error;
        if (isNew) known.set(place, [...now, edit]);
      }
    }
  };
}

function retryingWire(options: LiveWireOptions): typeof fetch {
  const { deadlineMs = 14_000, backoffMs = 500, timeoutMs, onRetry } = options;
  const send = openTransport(options.proxies);
  const factsOf = factsOfWire(options, send);
  return async (input, given) => {
    const start = performance.now();
    const init = { ...given, headers: withAccount(given?.headers, options.account) };
    const facts = factsOf(input, init);
    let patience: Patience = { ms: timeoutMs, late: silence(facts) };
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(input, init, facts, { send, patience });
      } catch (failure) {
        if (!(failure instanceof EndpointFailure)) throw failure;
        const [of, forMs] = failure.isLoading
          ? [LOADING_TRIES, Math.max(deadlineMs, timeoutMs, LOADING_MS)]
          : [TRIES, deadlineMs];
        const growth = Math.min(2 ** (attempt - 1), LONGEST_BACKOFF) * (1 + Math.random() / 4);
        const waitMs = failure.retryAfterMs ?? backoffMs * growth;
        const fits = performance.now() + waitMs < start + forMs;
        if (!failure.mayRetry || attempt >= of || !fits) {
          const error = throughClient(withWait(failure));
          throw failure.refusal ? new Refused(...failure.refusal, error) : error;
        }
        await onRetry?.({ attempt: attempt + 1, of, reason: failure.reason, waitMs });
        await pause(waitMs, init.signal);
        // A try that the end cuts short tells less than the failure before it.
        const leftMs = start + Math.max(forMs, timeoutMs) - performance.now();
        if (leftMs < timeoutMs) patience = { ms: leftMs, late: failure };
      }
    }
  };
}

/** The headers of a request, with the account that belongs to the endpoint and no other. */
function withAccount(given: RequestInit["headers"], account: Account = {}): Headers {
  const headers = new Headers(given);
  // The OpenAI client takes these from the environment, whatever the address.
  headers.delete("openai-organization");
  headers.delete("openai-project");
  if (account.organization) headers.set("openai-organization", account.organization);
  if (account.project) headers.set("openai-project", account.project);
  return headers;
}

/**
 * The OpenAI client drops every error whose text has "timeout" in it, and puts its own in its
 * place.
 */
function throughClient(error: LabError): LabError {
  return Object.defineProperty(error, "toString", { value: () => error.name });
}

async function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: signal ?? undefined });
  } catch {
    throw signal?.reason;
  }
}

/** The failure's sentence; with how long to wait, if the server said so. */
function withWait({ error, retryAfterMs }: EndpointFailure): LabError {
  if (retryAfterMs === undefined || retryAfterMs === 0) return error;
  return new LabError(
    error.message,
    `It asks to be left alone for ${Math.ceil(retryAfterMs / 1000)} s; try again then.`,
  );
}

async function request(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  facts: RequestFacts,
  { send, patience }: { send: typeof fetch; patience: Patience },
): Promise<Response> {
  const started = performance.now();
  const response = await connect(input, init, facts, { send, patience });
  const left = { ms: patience.ms - (performance.now() - started), late: patience.late };
  const text = new BodyText(response.body, { facts, signal: init?.signal, patience: left });
  if (!response.ok) throw await statusFailure(response, await text.all(), facts);
  const isChat = "messages" in facts.asked;
  if (isChat || "prompt" in facts.asked) return completion(response, text, facts, isChat);
  const body = await checkedBody(await text.all(), facts);
  return new Response(body, { headers: { "content-type": "application/json" } });
}

/** A completion in the form that was asked for, whatever form it came in. */
async function completion(
  response: Response,
  text: BodyText,
  facts: RequestFacts,
  isChat: boolean,
): Promise<Response> {
  const kind = response.headers.get("content-type") ?? "";
  const head = await text.head();
  const isStream = beginsEvents(head) || (/event-stream/i.test(kind) && !/^[{[<]|^$/.test(head));
  const chunks = isStream ? readChunks(text, facts) : chunksOfWhole(await text.all(), facts);
  if (facts.asked.stream !== true) return Response.json(await unwrapped(wholeOf(chunks, isChat)));
  const stream = await unwrapped(streamOf(chunks));
  // A stream whose lines are bare JSON is read whole, and is one all the same.
  if (!isStream && !/event-stream|ndjson|jsonl/i.test(kind)) await facts.onWhole?.();
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

/** What fails before anything was handed on is a failure of the request. */
async function unwrapped<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new EndpointFailure({ error });
  }
}

async function connect(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  facts: RequestFacts,
  { send, patience }: { send: typeof fetch; patience: Patience },
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience.ms);
  const signals = init?.signal ? [init.signal, late.signal] : [late.signal];
  try {
    return await send(input, { ...init, signal: AbortSignal.any(signals) });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    if (late.signal.aborted) throw patience.late;
    if (error instanceof LabError) throw new EndpointFailure({ error });
    throw connectionFailure(error, facts);
  } finally {
    clearTimeout(timer);
  }
}
