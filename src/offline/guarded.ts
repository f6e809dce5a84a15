import { randomUUID, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { hostname } from "node:os";
import { BodyShelf, TooLarge, TooMany } from "./bodies.ts";
import { errorBody } from "./protocol.ts";

type Handler = (request: Request) => Response | Promise<Response>;

export interface Guards {
  /** the address that is listened at */
  host: string;
  /** the key that clients must send */
  token?: string;
  /** web pages that may ask, as a browser names them in Origin; "*" stands for all */
  origins?: readonly string[];
  /** what to do for whoever is refused for its host or its origin, where it is not `serve` */
  advice?: string;
}

/**
 * A handler for requests from outside the process. It refuses hosts and web pages that are not
 * meant (a browser would let any page ask a server on loopback), requests without the token, and
 * bodies that are too large, which are counted while they come. Every answer has a request id.
 */
export function guarded(handler: Handler, guards: Guards): Handler {
  const shelf = new BodyShelf();
  return async (request) => {
    const origin = request.headers.get("origin");
    const isWelcome = origin !== null && isListed(origin, guards.origins ?? []);
    const response = refusal(request, guards, isWelcome) ?? (await answer(request, handler, shelf));
    response.headers.set("x-request-id", `req_${randomUUID().replaceAll("-", "")}`);
    if (isWelcome) {
      response.headers.set("access-control-allow-origin", origin);
      response.headers.set("access-control-expose-headers", "x-request-id, retry-after");
      response.headers.append("vary", "origin");
    }
    return response;
  };
}

/** Why a request is not answered, before any of its body is read; an answer to a preflight too. */
function refusal(request: Request, guards: Guards, isWelcome: boolean): Response | undefined {
  const { headers, method } = request;
  const host = headers.get("host");
  if (!isOurs(nameIn(host ?? ""), guards.host)) {
    const advice =
      guards.advice ??
      "Use http://127.0.0.1 or http://localhost, or start llm-lab serve with the --host that is meant.";
    const message = `This server does not answer for the host ${quoted(host)}: it may be a web page that has pointed a name of its own at this machine. ${advice}`;
    return refuse(403, message, "host_not_allowed");
  }
  const origin = headers.get("origin");
  if (origin !== null && !isWelcome && !isSame(origin, host ?? "")) {
    const named = /^[\w+.-]+:\/\/[\w.:[\]-]+$/.test(origin) ? origin : "<origin>";
    const advice = guards.advice ?? `Start it with --cors ${named} if they are meant to.`;
    const message = `Pages of ${quoted(origin)} may not ask this server. ${advice}`;
    return refuse(403, message, "origin_not_allowed");
  }
  if (method === "OPTIONS" && headers.has("access-control-request-method"))
    return preflight(request);
  if (guards.token !== undefined && !isToken(headers.get("authorization"), guards.token))
    return refuse(401, "Incorrect API key provided.", "invalid_api_key");
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (method === "POST" && SIMPLE_TYPES.has(type)) {
    const message = `Send the body as JSON, with the header content-type: application/json, not ${type}.`;
    return refuse(415, message, "unsupported_media_type");
  }
  return undefined;
}

/** Types of a body that a page of any origin may send without asking first. */
const SIMPLE_TYPES = new Set([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
]);

async function answer(request: Request, handler: Handler, shelf: BodyShelf): Promise<Response> {
  const url = tidied(request.url);
  const { method, headers, signal } = request;
  if (request.body === null) return handler(new Request(url, { method, headers, signal }));
  const body = shelf.take();
  try {
    const bytes = await body.read(request.body, Number(headers.get("content-length") ?? 0));
    return await handler(new Request(url, { method, headers, signal, body: bytes }));
  } catch (error) {
    if (error instanceof TooLarge) return refuse(413, error.message, "request_too_large");
    if (error instanceof TooMany) {
      const response = refuse(503, error.message, "overloaded", "server_error");
      response.headers.set("retry-after", "1");
      return response;
    }
    // The client has gone in the middle of its own request, and reads nothing.
    if (signal.aborted) return refuse(400, "The request was not sent whole.", "incomplete");
    throw error;
  } finally {
    body.release();
  }
}

/** An address as it is routed: clients put slashes together in many ways. */
function tidied(address: string): string {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");
  return url.href;
}

/**
 * Whether a host is one that this server is meant by: a name of loopback, or what it listens at.
 */
function isOurs(name: string, listened: string): boolean {
  if (name === "localhost" || name.endsWith(".localhost") || name === "::1") return true;
  if (/^127(?:\.\d{1,3}){3}$/.test(name) || name === listened.toLowerCase()) return true;
  // Who listens everywhere is meant by every address of the machine, and by its name.
  const isEverywhere = listened === "0.0.0.0" || listened === "::";
  const own = hostname().toLowerCase();
  return isEverywhere && (isIP(name) > 0 || [own, `${own}.local`].includes(name));
}

/** The name in a Host header: without port, brackets and the last dot, in small letters. */
function nameIn(host: string): string {
  const name = /^\[([^\]]*)\](?::\d*)?$/.exec(host)?.[1] ?? host.replace(/:\d*$/, "");
  return name.replace(/\.$/, "").toLowerCase();
}

const isSame = (origin: string, host: string) =>
  origin.replace(/^https?:\/\//i, "").toLowerCase() === host.toLowerCase();

const isListed = (origin: string, origins: readonly string[]) =>
  origins.some((one) => one === "*" || one.toLowerCase() === origin.toLowerCase());

function preflight({ headers }: Request): Response {
  const wished = headers.get("access-control-request-headers") ?? "";
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, OPTIONS",
      "access-control-allow-headers": wished || "authorization, content-type",
      "access-control-max-age": "600",
      ...(headers.has("access-control-request-private-network") && {
        "access-control-allow-private-network": "true",
      }),
    },
  });
}

function refuse(status: number, message: string, code: string, type = "invalid_request_error") {
  return Response.json(errorBody(message, type, code), { status });
}

const quoted = (text: string | null) =>
  text === null ? "that it does not name" : JSON.stringify(text.slice(0, 100));

/** Compares in a time that tells nothing of the token. */
function isToken(header: string | null, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ""), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
