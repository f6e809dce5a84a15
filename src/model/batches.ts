import { LabError } from "../errors.ts";
import { urlOf } from "./address.ts";
import { Refused } from "./refused-request.ts";
import { parseJson } from "./told.ts";

type Wire = typeof fetch;

export interface SmallerBatches {
  host: string;
  model: string;
  /** how many texts were refused in one request */
  refused: number;
  /** how many go in one request from now on */
  batch: number;
}

/**
 * A wire that sends the texts of a request to /embeddings in smaller batches when a server refuses
 * them for their size, and puts the vectors together again. What a server takes is remembered for
 * each of its models. All other requests pass as they are.
 *
 * @param send throws Refused for a reply that says no
 * @param onSmaller told once for each model, after the first smaller batch was taken
 */
export function inBatches(
  send: Wire,
  onSmaller: (what: SmallerBatches) => void | Promise<void> = () => {},
): Wire {
  const limits = new Map<string, number>();
  const told = new Set<string>();
  return async (input, init) => {
    const body = typeof init?.body === "string" ? (parseJson(init.body) as Body) : undefined;
    const texts = body?.input;
    const url = urlOf(input);
    if (!url.pathname.endsWith("/embeddings") || !Array.isArray(texts)) return send(input, init);
    const place = `${url} ${body?.model}`;
    const parts: VectorsPart[] = [];
    let refused = 0;
    for (let done = 0; done < texts.length; ) {
      const batch = Math.min(limits.get(place) ?? texts.length, texts.length - done);
      if (batch === texts.length) {
        const whole = await send(input, init).catch((error) => lower(error, batch));
        if (whole) return whole;
        continue;
      }
      const part = JSON.stringify({ ...body, input: texts.slice(done, done + batch) });
      const response = await send(input, { ...init, body: part }).catch((error) =>
        lower(error, batch),
      );
      if (!response) continue;
      if (refused > 0 && !told.has(place)) {
        told.add(place);
        await onSmaller({ host: url.host, model: String(body?.model), refused, batch });
      }
      parts.push((await response.json()) as VectorsPart);
      done += batch;
    }
    checkLengths(parts, url.host);
    return Response.json(joined(parts));

    /** Remembers that fewer texts are to be sent at once; any other failure stays one. */
    function lower(error: unknown, batch: number): undefined {
      if (!(error instanceof Refused) || batch === 1 || !isForSize(error)) throw error;
      refused ||= batch;
      const limit = limitIn(error.body, batch) ?? Math.ceil(batch / 2);
      limits.set(place, Math.min(limits.get(place) ?? limit, limit));
    }
  };
}

interface Body {
  model?: unknown;
  input?: unknown;
}

interface VectorsPart {
  data: { embedding: number[]; index: number }[];
  usage?: { prompt_tokens?: number; total_tokens?: number };
}

/** Whether a refusal is about how much was sent at once. */
function isForSize({ status, body }: Refused): boolean {
  if (status === 413) return true;
  return (status === 400 || status === 422) && TOO_MANY.test(body);
}

const THINGS =
  "(?:inputs?|texts?|items?|elements?|entries|documents?|strings?|requests?|instances?|sentences?|contents?|arrays?|lists?|batch(?:es)?)";
/**
 * How servers say it: OpenAI, Azure, DashScope, TEI, Gemini, Cohere, Voyage, Mistral, FastAPI,
 * Zhipu.
 */
const TOO_MANY = new RegExp(
  [
    `too (?:many|large|big|long)[^.]{0,30}\\b${THINGS}\\b`,
    `\\b${THINGS}\\b[^.]{0,60}\\b(?:too (?:many|large|big|long)|exceed|no more than|not (?:be )?(?:larger|more|greater)|at most|less than|up to|maximum|max\\b|limit|larger than|<=|>)`,
    `\\b(?:at most|maximum|max|limit|up to|more than|larger than|exceed\\w*)\\b[^.]{0,60}\\b${THINGS}\\b`,
    "batch[ _-]?size",
    "too_long",
    "(?:payload|body|entity|request)[^.]{0,20} too large",
    "split (?:into|your)",
    "最大|超过|上限",
  ].join("|"),
  "i",
);

/** The limit that a refusal names, where it names one below what was sent. */
function limitIn(refusal: string, sent: number): number | undefined {
  const said =
    /(?:larger than|more than|greater than|less than or equal to|at most|no more than|maximum|max\b|limit|up to|exceed\w*|<=|≤|超过|最大)[^\d.]{0,40}?(\d+)(?!\d)(?!\s*(?:[a-z]+ )?(?:tokens?|bytes?|char|k?b\b|mb?\b))/gi;
  const found = [...refusal.matchAll(said)].map((match) => Number(match[1]));
  const below = found.filter((number) => number >= 1 && number < sent);
  return below.length === 0 ? undefined : Math.max(...below);
}

/** Vectors of one model have one length, whichever request they came with. */
function checkLengths(parts: readonly VectorsPart[], host: string): void {
  const vectors = parts.flatMap(({ data }) => data.map(({ embedding }) => embedding.length));
  const odd = vectors.findIndex((length) => length !== vectors[0]);
  if (odd < 0) return;
  throw new LabError(
    `${host} answered, but with a vector of ${vectors[odd]} numbers for text ${odd + 1}, not ${vectors[0]}`,
    "Try another embedding model or server.",
  );
}

/** One reply of several, with what they took; without it where one of them does not tell. */
function joined(parts: readonly VectorsPart[]) {
  const sum = (name: "prompt_tokens" | "total_tokens") =>
    parts.reduce((total, { usage }) => total + (usage?.[name] ?? Number.NaN), 0);
  const usage = { prompt_tokens: sum("prompt_tokens"), total_tokens: sum("total_tokens") };
  const data = parts.flatMap((part) => part.data);
  return {
    ...parts[0],
    data: data.map((item, index) => ({ ...item, index })),
    usage: Number.isNaN(usage.prompt_tokens) ? undefined : usage,
  };
}
