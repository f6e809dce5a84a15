import { LabError, ReplyFault } from "../errors.ts";
import { tidy } from "./told.ts";

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

  /** whether the connection broke */
  readonly isBroken: boolean;
  /** whether it only loads its model, which takes longer than other trouble */
  readonly isLoading: boolean;

  constructor(of: {
    error: LabError;
    /** in short; the error's sentence where none is given */
    reason?: string;
    mayRetry?: boolean;
    isBroken?: boolean;
    isLoading?: boolean;
    retryAfterMs?: number;
  }) {
    super(of.error.message, { cause: of.error });
    this.error = of.error;
    this.reason = of.reason ?? of.error.message;
    this.mayRetry = of.mayRetry ?? false;
    this.isBroken = of.isBroken ?? false;
    this.isLoading = of.isLoading ?? false;
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
  /**
   * names of the models that the endpoint offers, asked for only when needed; undefined where it
   * does not tell
   */
  models(): Promise<string[] | undefined>;
  /** whether the model is known to close thoughts that it does not open */
  thinksUnopened?: boolean;
  /** told of a thought that was closed and not opened */
  onUnopened?(): void | Promise<void>;
  /** told of a whole reply to a request for a stream */
  onWhole?(): void | Promise<void>;
  /** the host of the proxy on the way, where there is one */
  proxy?: string;
}

/** A connection that could not be made, or broke before the reply. */
export function connectionFailure(error: unknown, facts: RequestFacts): EndpointFailure {
  const code = codeOf(error);
  const host = facts.proxy === undefined ? facts.host : `the proxy ${facts.proxy}`;
  const refused = facts.proxy && /Proxy (?:response \()?.*?(\d{3})/.exec(causeOf(error));
  if (refused) return proxyFailure(refused[1] ?? "", facts);
  const [what, hint, mayRetry] = CONNECTION[code] ?? [
    `The connection to ${host} failed${code === "" ? "" : ` (${code})`}`,
    "Check the network and OPENAI_BASE_URL, then try again.",
    true,
  ];
  const named = what.replace("HOST", host);
  const message = facts.proxy === undefined ? named : named.replace(/^the/, "The");
  const wayOut = facts.proxy === undefined ? hint : PROXY_HINT;
  return new EndpointFailure({
    error: new LabError(message, wayOut),
    mayRetry,
    isBroken: true,
  });
}

const PROXY_HINT =
  "Check HTTP_PROXY and HTTPS_PROXY; NO_PROXY names the hosts that are asked without a proxy.";

/** A proxy that answered, and let nothing through. */
function proxyFailure(status: string, { proxy, host }: RequestFacts): EndpointFailure {
  const message = `The proxy ${proxy} does not let requests through to ${host} (${status})`;
  const hint =
    status === "407"
      ? "It wants a user and a password: write them into its address, http://user:password@host:port."
      : PROXY_HINT;
  return new EndpointFailure({ error: new LabError(message, hint) });
}

/** What the innermost error says. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
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
  return new EndpointFailure({ error: new LabError(message, hint) });
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
  return new EndpointFailure({ error: new ReplyFault(message, hint) });
}

/** A reply that says nothing, or only thinks. */
export function emptyReply(
  { host }: RequestFacts,
  { hasThought, isCut }: { hasThought: boolean; isCut: boolean },
): EndpointFailure {
  const message = hasThought
    ? `${host} only thought, and gave no answer`
    : `${host} answered with an empty reply`;
  const hint = isCut
    ? "Its tokens ran out before the answer. Allow it more of them, or choose a model that thinks less."
    : "Try again, or choose another model.";
  return new EndpointFailure({ error: new ReplyFault(message, hint) });
}

/** A reply whose finish reason says that it failed. */
export function endedBadly({ host, key }: RequestFacts, finish: string): EndpointFailure {
  const message = `${host} ended its reply with "${tidy(finish, key)}"`;
  const hint = "What came is not the whole reply. Try again.";
  return new EndpointFailure({ error: new ReplyFault(message, hint) });
}

/** A reply that is none of OpenAI's. */
export function strangeReply(
  what: string,
  { host }: RequestFacts,
  hint = "Does OPENAI_BASE_URL lead to an OpenAI-compatible endpoint? Mostly it ends in /v1.",
): EndpointFailure {
  const message = `${host} answered, but ${what}`;
  return new EndpointFailure({ error: new LabError(message, hint) });
}
