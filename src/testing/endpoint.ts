import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { encodingOf, loadEncoding, type Tokenizer } from "../model/tokens.ts";
import { parseJson } from "../model/told.ts";
import type { Received } from "../xray/received.ts";
import { readRequest } from "./read-call.ts";
import { countPrompt } from "./tokens.ts";
import type { Call, EmbeddingCall, Endpoint, Reply } from "./types.ts";

/** A request that came, with all that is known of it. */
export interface Asked {
  url: string;
  init: RequestInit & { method: string; headers: Headers };
  /** the body as JSON; undefined where it has none */
  body: unknown;
  /** undefined for requests that ask for no reply */
  call: Call | undefined;
  isForVectors: boolean;
  /** of the model that is asked */
  tokenizer: Tokenizer;
}

/** Where the replies of an endpoint come from. */
export type Answer = (asked: Asked) => Promise<Response>;

interface Options {
  /** what else there is to do at the end */
  close?(): void | Promise<void>;
}

type OwnCall = { -readonly [key in keyof Call]: Call[key] };

/** An endpoint that writes down what it is asked and what it answers. */
export function openEndpoint(answer: Answer, { close }: Options = {}): Endpoint {
  const calls: OwnCall[] = [];
  const embeddings: EmbeddingCall[] = [];
  let listening: Promise<Listening> | undefined;

  /** A call stands in the list as soon as it came: those that come at once keep their order. */
  function note(
    path: string,
    body: unknown,
    headers: Headers,
  ): OwnCall | EmbeddingCall | undefined {
    const read = readRequest(path, body);
    if (read === undefined) return undefined;
    if ("embedding" in read) {
      embeddings.push(read.embedding);
      return read.embedding;
    }
    const call: OwnCall = {
      ...read.call,
      number: calls.length + 1,
      tokens: Number.NaN,
      headers: Object.fromEntries(headers),
      reply: undefined,
    };
    calls.push(call);
    return call;
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { signal } = init ?? {};
    signal?.throwIfAborted();
    const { url, method, headers, text } = await requestOf(input, init);
    const body = text === undefined ? undefined : parseJson(text);
    const noted = note(new URL(url).pathname, body, headers);
    const isForVectors = noted !== undefined && "texts" in noted;
    const call = isForVectors ? undefined : (noted as OwnCall | undefined);
    const tokenizer = await loadEncoding(encodingOf(modelIn(body)));
    if (call) call.tokens = countPrompt(call, tokenizer.count);
    const sent = { method, headers, body: text, signal };
    const asked: Asked = { url, init: sent, body, call, isForVectors, tokenizer };
    try {
      const response = await answer(asked);
      signal?.throwIfAborted();
      return call ? watched(response, call) : response;
    } catch (error) {
      if (call) call.reply = brokenOff(error);
      throw error;
    }
  };

  return {
    fetch,
    calls,
    embeddings,
    listen: async () => {
      listening ??= listen(fetch);
      return (await listening).url;
    },
    clear: () => {
      calls.length = 0;
      embeddings.length = 0;
    },
    close: async () => {
      const open = await listening;
      listening = undefined;
      await open?.close();
      await close?.();
    },
  };
}

/** A body that is a string is read at once, so that requests keep the order in which they came. */
async function requestOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined) {
  if (!(input instanceof Request) && typeof (init?.body ?? "") === "string") {
    const { method = "GET", headers, body } = init ?? {};
    const text = (body as string | undefined | null) ?? undefined;
    return { url: String(input), method, headers: new Headers(headers), text };
  }
  const request = new Request(input, init);
  const { url, method, headers } = request;
  return { url, method, headers, text: request.body ? await request.text() : undefined };
}

function modelIn(body: unknown): string {
  const { model } = (body ?? {}) as { model?: unknown };
  return typeof model === "string" ? model : "";
}

/** The response, whose call is told the reply when it has passed. */
async function watched(response: Response, call: OwnCall): Promise<Response> {
  const { ReplyTap } = await import("../xray/received.ts");
  const tap = new ReplyTap();
  const { status, headers } = response;
  let raw = "";
  const end = () => {
    const { error, ...received } = tap.end(status);
    call.reply ??= replyOf(status, { ...received, error: messageIn(raw) ?? error });
  };
  if (!response.body) {
    end();
    return response;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const passing = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        const piece = decoder.decode(value, { stream: !done });
        tap.feed(piece);
        if (status >= 400) raw += piece;
        if (done) {
          end();
          controller.close();
        } else controller.enqueue(value);
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(passing, { status, headers });
}

function replyOf(status: number, { text, calls, finish, error }: Received): Reply {
  return { status, text, toolCalls: calls, finish, error };
}

/** What an error says, to the letter. */
function messageIn(body: string): string | undefined {
  const { error } = (parseJson(body) ?? {}) as { error?: { message?: unknown } };
  return typeof error?.message === "string" ? error.message : undefined;
}

function brokenOff(error: unknown): Reply {
  const told = error instanceof Error ? error.message : String(error);
  return { status: 0, text: "", toolCalls: [], finish: undefined, error: told };
}

interface Listening {
  url: string;
  close(): Promise<void>;
}

async function listen(handle: typeof fetch): Promise<Listening> {
  const { createServer } = await import("node:http");
  const { createAdaptorServer } = await import("@hono/node-server");
  const { guarded } = await import("../offline/guarded.ts");
  const host = "127.0.0.1";
  const answer = guarded((request) => handle(request), { host });
  const server = createAdaptorServer({
    fetch: async (request, { incoming }) => {
      try {
        return await answer(request);
      } catch (error) {
        // A reply that breaks off looks like that on a socket.
        incoming.socket.destroy();
        throw error;
      }
    },
    createServer,
    // A test's own Response stays what it is.
    overrideGlobalObjects: false,
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${port}/v1`, close };
}
