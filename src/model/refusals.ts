import { LabError } from "../errors.ts";
import { EndpointFailure, type RequestFacts } from "./failures.ts";
import { readTold, type Told, toldIn } from "./told.ts";

/** A reply whose status says that it failed. */
export async function statusFailure(
  response: Response,
  body: string,
  facts: RequestFacts,
): Promise<EndpointFailure> {
  const told = readTold(body, facts.key);
  const waitMs = retryAfter(response.headers) ?? told.waitMs;
  return refusedWith({ status: response.status, told: { ...told, waitMs }, body, facts });
}

/** An error that came as a success, or in a stream: its own code counts as the status. */
export async function errorInside(
  value: unknown,
  body: string,
  facts: RequestFacts,
): Promise<EndpointFailure> {
  const told = toldIn(value, facts.key);
  const status = told.status ?? statusInWords(told.message);
  if (status !== undefined) return refusedWith({ status, told, body, facts });
  const message = `${facts.host} answered with an error${says(told)}`;
  const hint = "That is the server's own word. Try again, or look at its log.";
  const failure = new EndpointFailure({ error: new LabError(message, hint) });
  failure.refusal = [400, body];
  return failure;
}

const says = ({ message }: Told) => (message === "" ? "" : `: ${message}`);

/** What an error without any code means, where its words leave no doubt. */
function statusInWords(words: string): number | undefined {
  if (/rate.?limit|too many requests/i.test(words)) return 429;
  return LOADS.test(words) ? 503 : undefined;
}

interface Refusal {
  status: number;
  told: Told;
  body: string;
  facts: RequestFacts;
}

interface Sentence {
  message: string;
  hint: string;
  mayRetry?: boolean;
  isLoading?: boolean;
}

async function refusedWith(refusal: Refusal): Promise<EndpointFailure> {
  const { status, told, body, facts } = refusal;
  const { message, hint, mayRetry, isLoading } = await sentenceFor(refusal);
  const failure = new EndpointFailure({
    error: new LabError(message, hint),
    reason: isLoading ? `${facts.host} is loading the model` : `${facts.host} answered ${status}`,
    mayRetry,
    isLoading,
    retryAfterMs: told.waitMs,
  });
  failure.refusal = [status, body];
  return failure;
}

const LOADS = /\bloading\b|\bwarming up\b|\bcold start|still being loaded/i;
const IS_LONG = /context[_ -]?(?:length|window|size)|too (?:long|many tokens)|maximum context/i;
const IS_UNPAID = /\b(?:quota|billing|credits?\b|insufficient (?:balance|funds))/i;
const IS_KEY = /\b(?:api[ _-]?key|access token|credentials?|authenticat|unauthori[sz]ed)/i;

/** What a status and the server's words mean together, and what to do. */
async function sentenceFor(refusal: Refusal): Promise<Sentence> {
  const { status, told, facts } = refusal;
  const { host, model, keyOrigin } = facts;
  const said = says(told);
  const isKey =
    status === 401 ||
    ((status === 403 || status === 400) &&
      IS_KEY.test(told.message) &&
      !/model/i.test(told.message));
  if (isKey)
    return {
      message: `${host} refused the key (${keyOrigin})${said}`,
      hint: "Set another key, or use --model offline.",
    };
  if (status === 403) return forbidden(refusal);
  if (status === 407)
    return {
      message: `The proxy wants a user and a password${said}`,
      hint: "Write them into the proxy's address: http://user:password@host:port.",
    };
  if (status === 404) return missing(refusal);
  const isUnpaid = told.code === "insufficient_quota" || IS_UNPAID.test(told.message);
  if (status === 402 || (status === 429 && isUnpaid))
    return {
      message: `The account behind the key has no credit at ${host}${said}`,
      hint: "Add credit there, or use --model offline.",
    };
  if (status === 429)
    return {
      message: `${host} asks for fewer requests${said}`,
      hint: "Wait a little, then try again.",
      mayRetry: true,
    };
  const isLong = told.code === "context_length_exceeded" || IS_LONG.test(told.message);
  if ((status === 400 || status === 413 || status === 422 || status === 500) && isLong)
    return {
      message: `The prompt is too long for ${model}${said}`,
      hint: "Lower k or the token limit, or choose a model with a larger context window.",
    };
  if (status >= 500 || status === 408 || status === 409 || status === 425) return troubled(refusal);
  return {
    message: `${host} refused the request (${status})${said}`,
    hint: "Check the model's name and the params, then try again.",
  };
}

/** 403 has many causes; the server's words name the one that counts. */
function forbidden({ told, facts: { host } }: Refusal): Sentence {
  const { message } = told;
  const hint = /countr|region|territor|location/i.test(message)
    ? "The provider does not serve the place that you ask from; choose another, or --model offline."
    : /model|project|organi[sz]ation/i.test(message)
      ? "Name another model with --model, or have this one allowed at the provider."
      : /moderat|flagged|policy|safety/i.test(message)
        ? "Word the prompt in another way, or choose another model."
        : "Ask whoever runs the server, or a proxy on the way to it; --model offline needs neither.";
  return { message: `${host} forbids the request (403)${says(told)}`, hint };
}

async function missing({ told, facts: { host, model, models } }: Refusal): Promise<Sentence> {
  const isModel = told.code === "model_not_found" || /\bmodel\b/i.test(told.message);
  if (!isModel)
    return {
      message: `${host} has no such address${says(told)}`,
      hint: "Mostly OPENAI_BASE_URL ends in /v1.",
    };
  const names = await models();
  const hint =
    names === undefined
      ? "Name another with --model."
      : names.length === 0
        ? "It has no models yet: load one there first."
        : `It offers ${names.join(", ")}.`;
  return { message: `${host} has no model ${model}${says(told)}`, hint };
}

function troubled({ status, told, facts: { host } }: Refusal): Sentence {
  if (LOADS.test(told.message))
    return {
      message: `${host} is still loading the model (${status})${says(told)}`,
      hint: "Try again when it is loaded.",
      mayRetry: true,
      isLoading: true,
    };
  return {
    message: `${host} has trouble of its own (${status})${says(told)}`,
    hint: "Try again later, or use --model offline.",
    mayRetry: true,
  };
}

/**
 * How long the headers ask to wait, in milliseconds: `retry-after-ms`, `retry-after` in seconds or
 * as a date.
 */
function retryAfter(headers: Headers): number | undefined {
  const ms = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(ms)) return Math.max(0, ms);
  const header = headers.get("retry-after")?.trim() ?? "";
  if (header === "") return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
