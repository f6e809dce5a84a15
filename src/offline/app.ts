import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import {
  type ChatRequest,
  type Completion,
  chatRequest,
  chunks,
  errorBody,
  idOf,
  schemaOf,
  textMessages,
  wholeBody,
} from "./protocol.ts";
import { respond } from "./tutor/respond.ts";

export interface EndpointOptions {
  countTokens(text: string): number;
  /** milliseconds between the pieces of a streamed reply, 0 if it comes at once */
  paceMs?: number;
}

const MODEL = "offline-tutor";
const MODEL_BODY = { id: MODEL, object: "model", created: 0, owned_by: "llm-lab" };

/**
 * An OpenAI-compatible endpoint that needs no network: a Request in, a Response out.
 * Every answer depends on its request alone, so the same request gets the same answer.
 */
export function createEndpoint(options: EndpointOptions): Hono {
  const app = new Hono();
  app.get("/v1/models", (context) => context.json({ object: "list", data: [MODEL_BODY] }));
  app.get("/v1/models/:id", (context) =>
    context.req.param("id") === MODEL
      ? context.json(MODEL_BODY)
      : noSuchModel(context, context.req.param("id")),
  );
  app.post("/v1/chat/completions", (context) => answer(context, options));
  app.all("/v1/chat/completions", (context) =>
    context.json(
      errorBody(
        `Use POST, not ${context.req.method}.`,
        "invalid_request_error",
        "method_not_supported",
      ),
      405,
    ),
  );
  app.notFound((context) => {
    const message = `Unknown request URL: ${context.req.method} ${context.req.path}. This endpoint has /v1/chat/completions and /v1/models.`;
    return context.json(errorBody(message, "invalid_request_error", "unknown_url"), 404);
  });
  app.onError((error, context) =>
    context.json(errorBody(error.message, "server_error", null), 500),
  );
  return app;
}

/** The endpoint as a `fetch`: in this process, with no socket. */
export function offlineWire(options: EndpointOptions): typeof fetch {
  const app = createEndpoint(options);
  return async (input, init) => {
    init?.signal?.throwIfAborted();
    return app.fetch(new Request(input, init));
  };
}

async function answer(context: Context, options: EndpointOptions): Promise<Response> {
  const body: unknown = await context.req.json().catch(() => undefined);
  if (body === undefined)
    return invalid(context, "We could not parse the JSON body of your request.", null);
  const parsed = chatRequest.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const param = issue?.path.join(".") || null;
    return invalid(context, `Invalid value for '${param ?? "body"}': ${issue?.message}.`, param);
  }
  const request = parsed.data;
  if (request.model !== MODEL) return noSuchModel(context, request.model);
  const completion = await complete(request, options.countTokens);
  return request.stream
    ? stream(context, completion, request, options.paceMs ?? 0)
    : context.json(wholeBody(completion));
}

/** Server-sent events, one chunk each. */
function stream(
  context: Context,
  completion: Completion,
  request: ChatRequest,
  paceMs: number,
): Response {
  const withUsage = request.stream_options?.include_usage ?? false;
  return streamSSE(context, async (events) => {
    for (const chunk of chunks(completion, withUsage)) {
      if (events.aborted || context.req.raw.signal.aborted) return;
      await events.writeSSE({ data: JSON.stringify(chunk) });
      if (paceMs > 0) await events.sleep(paceMs);
    }
    await events.writeSSE({ data: "[DONE]" });
  });
}

async function complete(
  request: ChatRequest,
  countTokens: (text: string) => number,
): Promise<Completion> {
  const messages = textMessages(request);
  const full = untilStop(await respond(messages, schemaOf(request)), [request.stop ?? []].flat());
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const text = shorten(full, limit, countTokens);
  // OpenAI counts three tokens of wrapping for each message, and three for the start of the reply.
  const prompt = messages.reduce(
    (sum, { role, content }) => sum + 3 + countTokens(role) + countTokens(content),
    3,
  );
  const completion = countTokens(text);
  return {
    id: idOf(request),
    model: request.model,
    text,
    finish: text === full ? "stop" : "length",
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
    },
  };
}

function untilStop(text: string, stops: string[]): string {
  const ends = stops.filter((stop) => stop !== "").map((stop) => text.indexOf(stop));
  const first = Math.min(...ends.filter((end) => end >= 0), text.length);
  return text.slice(0, first);
}

/** As many words as fit the limit. */
function shorten(text: string, limit: number, countTokens: (text: string) => number): string {
  if (countTokens(text) <= limit) return text;
  const words = text.match(/\s*\S+/g) ?? [];
  while (words.length > 0 && countTokens(words.join("")) > limit) words.pop();
  return words.join("");
}

function invalid(context: Context, message: string, param: string | null): Response {
  return context.json(errorBody(message, "invalid_request_error", null, param), 400);
}

function noSuchModel(context: Context, model: string): Response {
  const message = `The model \`${model}\` does not exist. This endpoint has ${MODEL}.`;
  return context.json(errorBody(message, "invalid_request_error", "model_not_found", "model"), 404);
}
