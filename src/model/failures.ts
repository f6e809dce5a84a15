import { LabError } from "../errors.ts";

/** A failure of an endpoint: what to tell the learner, and whether another try may help. */
export class EndpointFailure extends Error {
  readonly error: LabError;
  /** a few words for the line that announces another try */
  readonly reason: string;
  readonly mayRetry: boolean;
  /** how long the server asked to be left alone */
  readonly retryAfterMs: number | undefined;
  /** the status and the body of a reply that said no, for finding out what it is about */
  refusal: [status: number, body: string] | undefined;

  constructor(of: { error: LabError; reason: string; mayRetry?: boolean; retryAfterMs?: number }) {
    super(of.error.message, { cause: of.error });
    this.error = of.error;
    this.reason = of.reason;
    this.mayRetry = of.mayRetry ?? false;
    this.retryAfterMs = of.retryAfterMs;
  }
}

/** What is known of the request when it fails, for the sentences. */
export interface RequestFacts {
  host: string;
  path: string;
  /** the request's body */
  asked: Record<string, unknown>;
  model: string;
  /** where the key came from; the key itself is never told */
  keyOrigin: string;
  key: string;
  timeoutMs: number;
  /** names of the models that the endpoint offers, asked for only when needed */
  models(): Promise<string[]>;
}

/** A connection that could not be made, or broke before the reply. */
export function connectionFailure(error: unknown, { host }: RequestFacts): EndpointFailure {
  const code = codeOf(error);
  const [what, hint, mayRetry] = CONNECTION[code] ?? [
    `The connection to ${host} failed${code === "" ? "" : ` (${code})`}`,
    "Check the network and OPENAI_BASE_URL, then try again.",
    true,
  ];
  const message = what.replace("HOST", host);
  return new EndpointFailure({ error: new LabError(message, hint), reason: message, mayRetry });
}

const CERTIFICATE = [
  "The certificate of HOST is not trusted",
  "Is https right for this server? A local one mostly wants http://.",
  false,
] as const;
const NO_HTTPS = [
  "HOST does not speak https",
  "A local server mostly wants http://; change OPENAI_BASE_URL.",
  false,
] as const;
// Each try would take as long again.
const UNREACHABLE = [
  "HOST cannot be reached",
  "Check the address in OPENAI_BASE_URL, and that there is a network.",
  false,
] as const;
const NO_SUCH_HOST = [
  "There is no host called HOST",
  "Check the address in OPENAI_BASE_URL, and that there is a network.",
  false,
] as const;

const CONNECTION: Record<string, readonly [what: string, hint: string, mayRetry: boolean]> = {
  ECONNREFUSED: [
    "Nothing answers at HOST",
    "Is the server running? Start it, or use --model offline.",
    true,
  ],
  ECONNRESET: [
    "HOST closed the connection before it answered",
    "Try again; if it stays so, look at the server's log.",
    true,
  ],
  UND_ERR_SOCKET: [
    "HOST closed the connection before it answered",
    "Try again; if it stays so, look at the server's log.",
    true,
  ],
  ENOTFOUND: NO_SUCH_HOST,
  EAI_AGAIN: NO_SUCH_HOST,
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  CERT_HAS_EXPIRED: CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  EPROTO: NO_HTTPS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_HTTPS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_HTTPS,
  UND_ERR_CONNECT_TIMEOUT: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
};

function codeOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if ("code" in inner && typeof inner.code === "string") return inner.code;
    if (inner instanceof AggregateError) return codeOf(inner.errors[0]);
  }
  return "";
}

export function silence({ host, timeoutMs }: RequestFacts): EndpointFailure {
  const message = `${host} said nothing for ${timeoutMs / 1000} seconds`;
  const hint = "Try again, or wait longer with --timeout 60; a local model takes a while to load.";
  return new EndpointFailure({ error: new LabError(message, hint), reason: message });
}

/** A reply of which only a part came. */
export function cutReply(
  facts: RequestFacts,
  why = "stopped in the middle of its reply",
): LabError {
  return new LabError(`${facts.host} ${why}`, "What came is not the whole reply. Try again.");
}

/** A reply that the endpoint's own filter held back. */
export function filtered({ host }: RequestFacts): EndpointFailure {
  const message = `The content filter of ${host} held the reply back`;
  const hint = "Word the prompt in another way, or choose another model.";
  return new EndpointFailure({ error: new LabError(message, hint), reason: message });
}

/** A reply that is none of OpenAI's. */
export function strangeReply(
  what: string,
  { host }: RequestFacts,
  hint = "Does OPENAI_BASE_URL lead to an OpenAI-compatible endpoint? Mostly it ends in /v1.",
): EndpointFailure {
  const message = `${host} answered, but ${what}`;
  return new EndpointFailure({ error: new LabError(message, hint), reason: message });
}

/** A reply whose status says that it failed. */
export async function statusFailure(
  response: Response,
  body: string,
  facts: RequestFacts,
): Promise<EndpointFailure> {
  const { status } = response;
  const { message: told, code } = readError(body, facts);
  const says = told === "" ? "" : `: ${told}`;
  const { host, model, keyOrigin } = facts;
  const fail = (message: string, hint: string, mayRetry = false) =>
    new EndpointFailure({
      error: new LabError(message, hint),
      reason: `${host} answered ${status}`,
      mayRetry,
      retryAfterMs: retryAfter(response.headers.get("retry-after")),
    });

  if (status === 401 || status === 403) {
    return fail(
      `${host} refused the key (${keyOrigin})${says}`,
      "Set another key, or use --model offline.",
    );
  }
  if (status === 404 && (code === "model_not_found" || /\bmodel\b/i.test(told))) {
    const names = await facts.models();
    const offers =
      names.length === 0 ? "Name another with --model." : `It offers ${names.join(", ")}.`;
    return fail(`${host} has no model ${model}`, offers);
  }
  if (status === 404) {
    return fail(`${host} has no such address${says}`, "Mostly OPENAI_BASE_URL ends in /v1.");
  }
  const isUnpaid = code === "insufficient_quota" || /\b(?:quota|billing|credit)/i.test(told);
  if (status === 402 || (status === 429 && isUnpaid)) {
    return fail(
      `The account behind the key has no credit at ${host}${says}`,
      "Add credit there, or use --model offline.",
    );
  }
  if (status === 429) {
    return fail(`${host} asks for fewer requests${says}`, "Wait a little, then try again.", true);
  }
  if (
    status === 400 &&
    (code === "context_length_exceeded" ||
      /context (?:length|window)|too (?:long|many tokens)/i.test(told))
  ) {
    return fail(
      `The prompt is too long for ${model}${says}`,
      "Lower k or the token limit, or choose a model with a larger context window.",
    );
  }
  if (status >= 500) {
    return fail(
      `${host} has trouble of its own (${status})${says}`,
      "Try again later, or use --model offline.",
      true,
    );
  }
  return fail(
    `${host} refused the request (${status})${says}`,
    "Check the model's name and the params, then try again.",
  );
}

/**
 * What the body of an error says, shortened, with the key masked and nothing that a terminal would
 * obey.
 */
function readError(body: string, { key }: RequestFacts): { message: string; code: string } {
  const parsed = parseJson(body) as ErrorBody | null | undefined;
  // OpenAI's form, then that of LM Studio, of older vLLM, of FastAPI, and plain words.
  const words = [
    (parsed?.error as ErrorBody | null | undefined)?.message,
    parsed?.error,
    parsed?.message,
    parsed?.detail,
    parsed === undefined && !/^\s*</.test(body) ? body : undefined,
  ].find((candidate) => typeof candidate === "string");
  const code = (parsed?.error as ErrorBody | null | undefined)?.code;
  return { message: tidy(words ?? "", key), code: typeof code === "string" ? code : "" };
}

interface ErrorBody {
  error?: unknown;
  message?: unknown;
  detail?: unknown;
  code?: unknown;
}

/** A server's words, fit to be shown. */
export function tidy(text: string, key: string): string {
  const masked = (key.length > 6 ? text.replaceAll(key, "…") : text).replace(
    /\bsk-[\w*-]{4,}/g,
    "sk-…",
  );
  const line = masked
    .replace(/\p{Cc}+(?:\[[\d;]*[A-Za-z])?/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "");
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Retry-After, in seconds or as a date, in milliseconds from now. */
function retryAfter(header: string | null): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
