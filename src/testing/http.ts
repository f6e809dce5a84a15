import { errorBody } from "../offline/protocol.ts";
import type { RefusedRequest } from "../offline/refused.ts";

/** A request that cannot be answered here: clients do not send it again. */
export function refusal(message: string, code: string): Response {
  return Response.json(errorBody(message, "llm_lab_error", code), { status: 400 });
}

const USUAL: Record<number, [message: string, code: string]> = {
  401: ["Incorrect API key provided.", "invalid_api_key"],
  404: ["The model does not exist or you do not have access to it.", "model_not_found"],
  429: ["Rate limit reached for requests.", "rate_limit_exceeded"],
};

interface Failure {
  status: number;
  message?: string;
  code?: string;
  headers?: Record<string, string>;
}

/** An error as OpenAI sends it. */
export function failure({ status, headers, ...told }: Failure): Response {
  const [usual, usualCode] = USUAL[status] ?? [];
  const message = told.message ?? usual ?? "The server had an error while processing your request.";
  const code = told.code ?? (told.message === undefined ? usualCode : undefined) ?? null;
  const type = status >= 500 ? "server_error" : "invalid_request_error";
  return Response.json(errorBody(message, type, code), { status, headers });
}

/** A refusal as OpenAI sends it. */
export function refusedResponse({ message, code, param, status }: RefusedRequest): Response {
  return Response.json(errorBody(message, "invalid_request_error", code, param), { status });
}

/** A stream of events, one at a time as they are read. */
export function streamed(events: Iterable<object>, endsWithDone = true): Response {
  const encoder = new TextEncoder();
  const lines = linesOf(events, endsWithDone);
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = lines.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** An event of the responses API is named by its type. */
function* linesOf(events: Iterable<object>, endsWithDone: boolean): Generator<string, void> {
  for (const event of events) {
    const name = "type" in event ? `event: ${String(event.type)}\n` : "";
    yield `${name}data: ${JSON.stringify(event)}\n\n`;
  }
  if (endsWithDone) yield "data: [DONE]\n\n";
}
