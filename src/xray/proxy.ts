import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { findLabError, LabError } from "../errors.ts";
import { connectionFailure } from "../model/failures.ts";
import { parseJson } from "../model/told.ts";
import type { EmbeddingBody } from "../trace/wire.ts";
import type { Observer, Watch } from "./observer.ts";
import type { Passage, Reply } from "./passage.ts";
import { readSent, type Sent } from "./sent.ts";

export interface ProxyOptions {
  /** the endpoint that the program means: "https://api.openai.com/v1" */
  endpoint: URL;
  /** the way there of requests to models: it may record, replay or spoil them */
  toModels: Passage;
  /** the way there of all other requests */
  beside: Passage;
  observer: Pick<Observer, "begin">;
  /**
   * Lets a request to a model pass.
   *
   * @throws LabError where it must not
   */
  allow(sent: Sent | EmbeddingBody): Promise<void>;
  /** the port to listen at; 0 takes any that is free */
  port: number;
}

/** A proxy on loopback before an endpoint. What passes is told to the observer, and not changed. */
export async function openProxy(options: ProxyOptions) {
  const served = new Set<Promise<void>>();
  const server = createServer((incoming, outgoing) => {
    // A program that is gone waits for nothing.
    incoming.on("error", () => {});
    outgoing.on("error", () => {});
    const done = serve(incoming, outgoing, options).finally(() => served.delete(done));
    served.add(done);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, options)));
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    /** where programs are to send their requests */
    address: `http://127.0.0.1:${port}${options.endpoint.pathname.replace(/\/$/, "")}`,
    /** Breaks off what is still under way; when it is over, the observer was told of everything. */
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(served);
    },
  };
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, options: ProxyOptions) {
  if (!/^(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?$/i.test(incoming.headers.host ?? ""))
    return refuse(outgoing, 403, "This port takes requests of this machine only.");
  const bytes = await bodyOf(incoming).catch(() => undefined);
  if (bytes === undefined) return;
  const { endpoint, observer, allow } = options;
  const url = new URL(`${endpoint.origin}${incoming.url ?? "/"}`);
  const { method = "GET" } = incoming;
  const text = bytes.toString("utf8");
  const watch = observer.begin({
    method,
    path: url.pathname,
    headers: new Headers(pairsOf(incoming.rawHeaders)),
    body: text,
  });
  const gone = new AbortController();
  outgoing.on("close", () => gone.abort());
  try {
    const sent = method === "POST" ? readSent(url.pathname, parseJson(text)) : undefined;
    if (sent) await allow(sent);
    // A tape holds text, so what is not text goes past it.
    const isText = sent !== undefined && Buffer.from(text).equals(bytes);
    const reply = await (isText ? options.toModels : options.beside)(url, {
      method,
      headers: headersFor(endpoint, incoming.rawHeaders),
      body: bytes.length === 0 ? null : isText ? text : new Uint8Array(bytes),
      signal: gone.signal,
    });
    watch.replied(reply.status, reply.headers);
    outgoing.writeHead(reply.status, headersOf(reply.headers));
    await pass(reply, outgoing, watch);
    watch.ended();
  } catch (error) {
    fail(error, outgoing, watch, { isGone: gone.signal.aborted, host: endpoint.host });
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Hands each piece on as it comes. */
async function pass(reply: Reply, outgoing: ServerResponse, watch: Watch): Promise<void> {
  const decoder = new TextDecoder();
  outgoing.flushHeaders();
  const pieces = reply.body[Symbol.asyncIterator]();
  const gone = new Promise<never>((_, reject) => {
    outgoing.on("close", () => reject(new Error("the connection was closed")));
  });
  gone.catch(() => {});
  for (;;) {
    // A body that does not heed the signal may never have another piece.
    const { done, value } = await Promise.race([pieces.next(), gone]);
    if (done) break;
    const isTaken = outgoing.write(value);
    watch.piece(decoder.decode(value, { stream: true }));
    if (!isTaken && !outgoing.destroyed) await drained(outgoing);
  }
  watch.piece(decoder.decode());
  await new Promise<void>((resolve) => outgoing.end(resolve));
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off("drain", done).off("close", done);
      resolve();
    };
    outgoing.on("drain", done).on("close", done);
  });
}

/** The program meets what it would have met without us: a connection that breaks. */
function fail(
  error: unknown,
  outgoing: ServerResponse,
  watch: Watch,
  { isGone, host }: { isGone: boolean; host: string },
): void {
  const known = isGone ? undefined : findLabError(error);
  if (known && !outgoing.headersSent) {
    watch.replied(402, new Headers());
    refuse(outgoing, 402, `${known.message}. ${known.hint}`, "llm_lab_xray");
    watch.broke(`${known.message}. ${known.hint}`, false);
    return;
  }
  outgoing.destroy();
  watch.broke(isGone ? "the program hung up" : wordsOf(error, host));
}

function wordsOf(error: unknown, host: string): string {
  const facts = { host, path: "", asked: {}, model: "", keyOrigin: "", key: "", timeoutMs: 0 };
  return connectionFailure(error, { ...facts, models: async () => undefined }).error.message;
}

function refuse(outgoing: ServerResponse, status: number, message: string, type = "forbidden") {
  const body = JSON.stringify({ error: { message, type, param: null, code: null } });
  outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
}

/** Headers that belong to one connection, and not to the request. */
const OF_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "te",
  "trailer",
  "upgrade",
  "expect",
]);

function headersFor({ host }: URL, raw: readonly string[]): [string, string][] {
  return pairsOf(raw).map(([name, value]) => [name, name.toLowerCase() === "host" ? host : value]);
}

function pairsOf(raw: readonly string[]): [string, string][] {
  const names = raw.filter((_, at) => at % 2 === 0);
  return names
    .map((name, at): [string, string] => [name, raw[2 * at + 1] ?? ""])
    .filter(([name]) => !OF_CONNECTION.has(name.toLowerCase()));
}

function headersOf(headers: Headers): OutgoingHttpHeaders {
  const kept = [...headers].filter(([name]) => !OF_CONNECTION.has(name) && name !== "set-cookie");
  const cookies = headers.getSetCookie();
  return { ...Object.fromEntries(kept), ...(cookies.length > 0 && { "set-cookie": cookies }) };
}

function cannotListen({ code, message }: NodeJS.ErrnoException, { port }: ProxyOptions): LabError {
  if (code === "EADDRINUSE")
    return new LabError(`Port ${port} is in use`, "Choose another with --port, or leave it out.");
  if (code === "EACCES")
    return new LabError(`Port ${port} may not be used`, "Choose one above 1023 with --port.");
  return new LabError(`Nothing can be opened at port ${port}: ${message}`, "Check --port.");
}
