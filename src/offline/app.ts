import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type * as z from "zod";
import { findLabError } from "../errors.ts";
import { modelShelf, SHIPPED_MODELS } from "../tinylm/shipped.ts";
import { answerTurn } from "./answer.ts";
import { chunks, wholeBody } from "./chat/body.ts";
import { chatRequest, turnOf as turnOfChat } from "./chat/request.ts";
import {
  completeTexts,
  completionChunks,
  completionRequest,
  wholeCompletion,
} from "./completions.ts";
import { promptTokens } from "./count.ts";
import { EMBEDDING_MODEL, embeddingRequest, embeddingsBody } from "./embeddings/protocol.ts";
import { errorBody } from "./protocol.ts";
import { RefusedRequest, refusalOf } from "./refused.ts";
import { responseEvents, wholeResponse } from "./responses/body.ts";
import { responseRequest } from "./responses/request.ts";
import { turnOf } from "./responses/turn.ts";
import type { DecodeTokens } from "./texts.ts";

export interface EndpointOptions {
  countTokens(text: string): number;
  /** how texts that come as tokens are read; without it they are refused */
  decodeTokens?: DecodeTokens;
  /** milliseconds between the pieces of a streamed reply, 0 if it comes at once */
  paceMs?: number;
  /** whether "tiny:<file>" may name a checkpoint on this machine: not for strangers */
  ownCheckpoints?: boolean;
}

const CHAT_MODEL = "offline-tutor";
const MODELS = [CHAT_MODEL, ...SHIPPED_MODELS, EMBEDDING_MODEL];
const bodyOf = (id: string) => ({ id, object: "model", created: 0, owned_by: "llm-lab" });

/**
 * An OpenAI-compatible endpoint that needs no network: a Request in, a Response out.
 * Every answer depends on its request alone, so the same request gets the same answer.
 */
export function createEndpoint(options: EndpointOptions): Hono {
  const { countTokens, decodeTokens, paceMs = 0 } = options;
  const app = new Hono();
  app.get("/v1/models", (context) => context.json({ object: "list", data: MODELS.map(bodyOf) }));
  app.get("/v1/models/:id", (context) => {
    const id = context.req.param("id");
    return MODELS.includes(id) ? context.json(bodyOf(id)) : noSuchModel(context, id, MODELS);
  });
  post(app, "/v1/chat/completions", chatRequest, [CHAT_MODEL], async (context, request) => {
    const reply = await answerTurn(turnOfChat(request), countTokens);
    if (!request.stream) return context.json(wholeBody(request, reply));
    return stream(context, ended(chunks(request, reply)), paceMs);
  });
  post(app, "/v1/responses", responseRequest, [CHAT_MODEL], async (context, request) => {
    const reply = await answerTurn(turnOf(request), countTokens);
    if (!request.stream) return context.json(wholeResponse(request, reply));
    return stream(context, responseEvents(request, reply), paceMs);
  });
  post(app, "/v1/responses/input_tokens", responseRequest, [CHAT_MODEL], (context, request) => {
    const tokens = promptTokens(turnOf(request), countTokens);
    return context.json({ object: "response.input_tokens", input_tokens: tokens });
  });
  app.all("/v1/responses/:id{.+}", (context) => {
    const message = `Response with id '${context.req.param("id").split("/")[0]}' not found. This endpoint keeps no responses.`;
    return context.json(errorBody(message, "invalid_request_error", null), 404);
  });
  const shelf = modelShelf();
  const tiny = options.ownCheckpoints ? [...SHIPPED_MODELS, "tiny:<file>"] : SHIPPED_MODELS;
  post(app, "/v1/completions", completionRequest, tiny, async (context, request) => {
    const continued = await completeTexts(request, shelf(request.model), decodeTokens);
    if (!request.stream) return context.json(wholeCompletion(request, continued));
    return stream(context, ended(completionChunks(request, continued)), paceMs);
  });
  post(app, "/v1/embeddings", embeddingRequest, [EMBEDDING_MODEL], async (context, request) => {
    const { signal } = context.req.raw;
    return context.json(await embeddingsBody(request, countTokens, decodeTokens, signal));
  });
  app.notFound((context) => {
    const message = `Unknown request URL: ${context.req.method} ${context.req.path}. This endpoint has /v1/chat/completions, /v1/responses, /v1/completions, /v1/embeddings and /v1/models.`;
    return context.json(errorBody(message, "invalid_request_error", "unknown_url"), 404);
  });
  app.onError((error, context) => {
    if (error instanceof RefusedRequest) return refused(context, error);
    const known = findLabError(error);
    return known
      ? invalid(context, `${known.message}. ${known.hint}`, "model")
      : context.json(errorBody(error.message, "server_error", null), 500);
  });
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

/**
 * A route that takes some models and bodies of one shape; anything else gets an error as OpenAI
 * words it.
 */
function post<Shape extends z.ZodType<{ model: string }>>(
  app: Hono,
  path: string,
  shape: Shape,
  models: readonly string[],
  answer: (context: Context, request: z.infer<Shape>) => Response | Promise<Response>,
): void {
  app.post(path, async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    if (body === undefined)
      return invalid(context, "We could not parse the JSON body of your request.", null);
    if (isDeep(body))
      return invalid(context, `The body is nested more than ${DEEPEST} levels deep.`, null);
    const parsed = shape.safeParse(body, { reportInput: true });
    if (!parsed.success) return refused(context, refusalOf(parsed.error));
    if (!models.some((model) => names(model, parsed.data.model)))
      return noSuchModel(context, parsed.data.model, models);
    return answer(context, parsed.data);
  });
  app.all(path, (context) => {
    const message = `Use POST, not ${context.req.method}.`;
    return context.json(errorBody(message, "invalid_request_error", "method_not_supported"), 405);
  });
}

/** No schema and no message that is meant is nested deeper; code that calls itself would fail. */
const DEEPEST = 100;

function isDeep(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

/** The event that ends a stream of all APIs but that of responses. */
const DONE = "[DONE]";

function* ended(chunks: Iterable<object>): Iterable<object | typeof DONE> {
  yield* chunks;
  yield DONE;
}

/** Server-sent events, one for each chunk; one that has a type is named by it. */
function stream(context: Context, all: Iterable<object | typeof DONE>, paceMs: number): Response {
  return streamSSE(context, async (events) => {
    for (const chunk of all) {
      if (events.aborted || context.req.raw.signal.aborted) return;
      const data = chunk === DONE ? DONE : JSON.stringify(chunk);
      const event = typeof chunk === "object" && "type" in chunk ? String(chunk.type) : undefined;
      await events.writeSSE({ data, ...(event && { event }) });
      if (paceMs > 0) await events.sleep(paceMs);
    }
  });
}

function refused(context: Context, { message, code, param, status }: RefusedRequest): Response {
  return context.json(errorBody(message, "invalid_request_error", code, param), status);
}

function invalid(context: Context, message: string, param: string | null): Response {
  return context.json(errorBody(message, "invalid_request_error", null, param), 400);
}

/** Whether a model of the list is meant: by its name, or as a file after "tiny:". */
const names = (listed: string, asked: string) =>
  listed === asked || (listed === "tiny:<file>" && asked.startsWith("tiny:"));

function noSuchModel(context: Context, model: string, there: readonly string[]): Response {
  const what = MODELS.includes(model) ? `is not for ${context.req.path}` : "does not exist here";
  const message = `The model \`${model}\` ${what}. There is ${there.join(", ")}.`;
  return context.json(errorBody(message, "invalid_request_error", "model_not_found", "model"), 404);
}
