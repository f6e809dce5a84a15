import { setTimeout as sleep } from "node:timers/promises";
import { LabError } from "../errors.ts";
import {
  connectionFailure,
  EndpointFailure,
  filtered,
  parseJson,
  type RequestFacts,
  silence,
  statusFailure,
  strangeReply,
} from "./failures.ts";
import { guardStream, withinSilence } from "./stream-guard.ts";

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
  /** milliseconds before the second try; doubled for the third */
  backoffMs?: number;
}

const TRIES = 3;

/**
 * The way to a real endpoint: the platform's fetch, with every failure turned into a LabError.
 *
 * Refused and broken connections, 429 and 5xx are tried again, at most twice and within the deadline, before
 * any of the reply has been handed on. The caller's own abort stays the caller's own error.
 */
export function liveWire(options: LiveWireOptions): typeof fetch {
  const { deadlineMs = 14_000, backoffMs = 500, onRetry } = options;
  return async (input, init) => {
    const deadline = performance.now() + deadlineMs;
    const facts = factsOf(input, init, options);
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(input, init, facts);
      } catch (failure) {
        if (!(failure instanceof EndpointFailure)) throw failure;
        const waitMs =
          failure.retryAfterMs ?? backoffMs * 2 ** (attempt - 1) * (1 + Math.random() / 4);
        const fits = performance.now() + waitMs < deadline;
        if (!failure.mayRetry || attempt === TRIES || !fits) throw withWait(failure);
        await onRetry?.({ attempt: attempt + 1, of: TRIES, reason: failure.reason, waitMs });
        await sleep(waitMs, undefined, { signal: init?.signal ?? undefined });
      }
    }
  };
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
): Promise<Response> {
  const response = await connect(input, init, facts);
  const kind = response.headers.get("content-type") ?? "";
  if (response.ok && kind.includes("text/event-stream") && response.body) {
    return new Response(guardStream(response.body, facts), {
      status: response.status,
      headers: response.headers,
    });
  }
  const text = await readAll(response, facts);
  if (!response.ok) throw await statusFailure(response, text, facts);
  checkWhole(text, kind, init, facts);
  return new Response(text, {
    status: response.status,
    headers: { "content-type": "application/json" },
  });
}

async function connect(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  facts: RequestFacts,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), facts.timeoutMs);
  const signals = init?.signal ? [init.signal, late.signal] : [late.signal];
  try {
    return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    throw late.signal.aborted ? silence(facts) : connectionFailure(error, facts);
  } finally {
    clearTimeout(timer);
  }
}

async function readAll(response: Response, facts: RequestFacts): Promise<string> {
  try {
    return await withinSilence(response.text(), facts);
  } catch (error) {
    throw error instanceof LabError ? error : connectionFailure(error, facts);
  }
}

/** Checks a reply that came whole: JSON, with at least one choice, and no stream where one was asked for. */
function checkWhole(
  text: string,
  kind: string,
  init: RequestInit | undefined,
  facts: RequestFacts,
): void {
  if (/^\s*</.test(text)) throw strangeReply("with a web page", facts);
  const body = parseJson(text) as { choices?: unknown; data?: unknown } | undefined | null;
  if (text.trim() === "") throw strangeReply("with nothing", facts);
  if (body === undefined) throw strangeReply("with text that is no JSON", facts);
  const isCompletion =
    typeof init?.body === "string" && /"(?:messages|prompt)"\s*:/.test(init.body);
  if (!isCompletion) return;
  if (!Array.isArray(body?.choices) || body.choices.length === 0)
    throw strangeReply("without a reply in it", facts);
  const [choice] = body.choices as ReplyChoice[];
  if (choice?.finish_reason === "content_filter") throw filtered(facts);
  if (isEmptyReply(choice)) throw strangeReply("with an empty reply", facts);
  const asked = parseJson(String(init?.body)) as { stream?: unknown };
  if (asked.stream === true)
    throw strangeReply(`it does not stream (${kind || "no content type"})`, facts);
}

interface ReplyChoice {
  finish_reason?: unknown;
  text?: unknown;
  message?: { content?: unknown; tool_calls?: unknown; refusal?: unknown };
}

/** No text, no tool to call and no refusal: there is nothing in it. */
function isEmptyReply(choice: ReplyChoice | undefined): boolean {
  const { content, tool_calls, refusal } = choice?.message ?? {};
  return !content && !tool_calls && !refusal && !choice?.text;
}

function factsOf(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  options: LiveWireOptions,
): RequestFacts {
  const url = new URL(input instanceof Request ? input.url : String(input));
  const body =
    typeof init?.body === "string"
      ? (parseJson(init.body) as { model?: unknown } | undefined)
      : undefined;
  const headers = new Headers(init?.headers);
  const model = typeof body?.model === "string" ? body.model : "the model";
  return {
    host: url.host,
    model,
    keyOrigin: options.keyOrigin ?? "OPENAI_API_KEY",
    key: headers.get("authorization")?.replace(/^Bearer /, "") ?? "",
    timeoutMs: options.timeoutMs,
    models: () => modelsAt(url, headers, model, options.timeoutMs),
  };
}

/** Up to eight names of models that the endpoint offers; none if it does not tell. */
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
    const family = wanted.slice(0, 4);
    const names = data.map(({ id }) => id).filter((id) => typeof id === "string");
    return names
      .sort((a, b) => Number(b.startsWith(family)) - Number(a.startsWith(family)))
      .slice(0, 8);
  } catch {
    return [];
  }
}
