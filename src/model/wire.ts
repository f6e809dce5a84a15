import { setTimeout as sleep } from "node:timers/promises";
import { distance } from "fastest-levenshtein";
import { LabError } from "../errors.ts";
import { inBatches, type SmallerBatches } from "./batches.ts";
import {
  connectionFailure,
  EndpointFailure,
  parseJson,
  type RequestFacts,
  silence,
  statusFailure,
  tidy,
} from "./failures.ts";
import { type Edit, edited, editFor, valueAt } from "./refused.ts";
import { Refused } from "./refused-request.ts";
import { guardStream, withinSilence } from "./stream-guard.ts";
import { checkWhole } from "./whole-reply.ts";

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
  /** milliseconds before the second try; doubled for the third */
  backoffMs?: number;
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

/** How long a try waits for the reply to begin, and what is thrown when it did not. */
interface Patience {
  ms: number;
  late: EndpointFailure;
}

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
    const { asked, path, model } = factsOf(input, init, options);
    const place = `${path} ${model}`;
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
  const { deadlineMs = 14_000, backoffMs = 500, onRetry } = options;
  return async (input, init) => {
    const start = performance.now();
    const deadline = start + deadlineMs;
    const end = start + Math.max(deadlineMs, options.timeoutMs);
    const facts = factsOf(input, init, options);
    let patience: Patience = { ms: options.timeoutMs, late: silence(facts) };
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(input, init, facts, patience);
      } catch (failure) {
        if (!(failure instanceof EndpointFailure)) throw failure;
        const waitMs =
          failure.retryAfterMs ?? backoffMs * 2 ** (attempt - 1) * (1 + Math.random() / 4);
        const fits = performance.now() + waitMs < deadline;
        if (!failure.mayRetry || attempt === TRIES || !fits) {
          const error = throughClient(withWait(failure));
          throw failure.refusal ? new Refused(...failure.refusal, error) : error;
        }
        await onRetry?.({ attempt: attempt + 1, of: TRIES, reason: failure.reason, waitMs });
        await pause(waitMs, init?.signal);
        // A try that the end cuts short tells less than the failure before it.
        const leftMs = end - performance.now();
        if (leftMs < options.timeoutMs) patience = { ms: leftMs, late: failure };
      }
    }
  };
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
  patience: Patience,
): Promise<Response> {
  const response = await connect(input, init, facts, patience);
  const kind = response.headers.get("content-type") ?? "";
  if (response.ok && kind.includes("text/event-stream") && response.body) {
    return new Response(guardStream(response.body, facts, init?.signal), {
      status: response.status,
      headers: response.headers,
    });
  }
  const text = await readAll(response, facts, init?.signal);
  if (!response.ok) throw await refusedBy(response, text, facts);
  return new Response(checkWhole(text, kind, facts), {
    status: response.status,
    headers: { "content-type": "application/json" },
  });
}

async function refusedBy(response: Response, text: string, facts: RequestFacts) {
  const failure = await statusFailure(response, text, facts);
  failure.refusal = [response.status, text];
  return failure;
}

async function connect(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  facts: RequestFacts,
  patience: Patience,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience.ms);
  const signals = init?.signal ? [init.signal, late.signal] : [late.signal];
  try {
    return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw late.signal.aborted ? patience.late : connectionFailure(error, facts);
  } finally {
    clearTimeout(timer);
  }
}

async function readAll(
  response: Response,
  facts: RequestFacts,
  signal: AbortSignal | null | undefined,
): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (reader) {
      const { done, value } = await withinSilence(reader.read(), facts);
      text += decoder.decode(value, { stream: !done });
      if (done) break;
    }
    return text;
  } catch (error) {
    // A connection left open would keep the program alive.
    reader?.cancel().catch(() => {});
    if (signal?.aborted) throw signal.reason;
    throw error instanceof EndpointFailure ? error : connectionFailure(error, facts);
  }
}

function factsOf(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  options: LiveWireOptions,
): RequestFacts {
  const url = new URL(input instanceof Request ? input.url : String(input));
  const body = typeof init?.body === "string" ? parseJson(init.body) : undefined;
  const asked = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const headers = new Headers(init?.headers);
  const model = typeof asked.model === "string" ? asked.model : "the model";
  return {
    host: url.host,
    path: url.pathname,
    asked,
    model,
    keyOrigin: options.keyOrigin ?? "OPENAI_API_KEY",
    key: headers.get("authorization")?.replace(/^Bearer /, "") ?? "",
    timeoutMs: options.timeoutMs,
    models: () => modelsAt(url, headers, model, options.timeoutMs),
  };
}

const LONGEST_NAME = 100;

/**
 * Up to eight names of models that the endpoint offers, the nearest first; none if it does not
 * tell.
 */
async function modelsAt(
  url: URL,
  headers: Headers,
  wanted: string,
  timeoutMs: number,
): Promise<string[]> {
  const list = new URL(url);
  list.pathname = list.pathname.replace(
    /\/(?:chat\/completions|completions|embeddings)$/,
    "/models",
  );
  try {
    const authorization = headers.get("authorization") ?? "";
    const response = await fetch(list, {
      headers: { authorization },
      signal: AbortSignal.timeout(Math.min(timeoutMs, 2000)),
    });
    const { data } = (await response.json()) as { data: { id: string }[] };
    const key = authorization.replace(/^Bearer /, "");
    return data
      .filter(({ id }) => typeof id === "string" && id.length <= LONGEST_NAME)
      .map(({ id }) => tidy(id, key))
      .sort((a, b) => distance(a, wanted) - distance(b, wanted))
      .slice(0, 8);
  } catch {
    return [];
  }
}
