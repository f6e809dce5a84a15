import { LabError } from "../../errors.ts";

/** How long an answer may take; a batch is confirmed only when it is on the server's disk. */
const TIMEOUT_MS = 60_000;

export interface QdrantFilter {
  must?: QdrantCondition[];
  should?: QdrantCondition[];
  must_not?: QdrantCondition[];
}

export type QdrantCondition =
  | QdrantFilter
  | { key: string; match: { any: unknown[] } }
  | { key: string; range: Partial<Record<"gt" | "gte" | "lt" | "lte", number>> };

interface Payload {
  id: string;
  content: string;
  metadata: object;
}

export interface Point {
  id: string;
  payload: Payload;
  vector?: number[];
}

/** What Qdrant said, when it was not what was asked for. */
export class QdrantError extends Error {
  readonly status: number;

  constructor(status: number, said: string) {
    super(said);
    this.name = "QdrantError";
    this.status = status;
  }
}

/**
 * Qdrant's REST interface (https://api.qdrant.tech), as much as is needed of it.
 *
 * Its own client, which `@langchain/qdrant` uses too, is not: it gives Node's `fetch` a dispatcher of undici 6,
 * which Node 26 refuses ("invalid onError method"), and its version that does not needs Node 22.
 */
export class QdrantRest {
  /** scheme, host and port, for messages: no key */
  readonly at: string;
  readonly #base: string;
  readonly #headers: Record<string, string>;

  /** @param url http://host:6333; a password in it is taken for the key */
  constructor(url: string, apiKey?: string) {
    const address = addressOf(url);
    const port = address.port || (address.pathname === "/" ? "6333" : "");
    this.at = `${address.protocol}//${address.hostname}${port && `:${port}`}`;
    this.#base = this.at + address.pathname.replace(/\/$/, "");
    const key = apiKey ?? decodeURIComponent(address.password);
    this.#headers = { "content-type": "application/json", ...(key && { "api-key": key }) };
  }

  async exists(collection: string): Promise<boolean> {
    return (await this.#ask<{ exists: boolean }>("GET", collection, "/exists")).exists;
  }

  create(collection: string, config: object): Promise<unknown> {
    return this.#ask("PUT", collection, "", config);
  }

  update(collection: string, config: object): Promise<unknown> {
    return this.#ask("PATCH", collection, "", config);
  }

  drop(collection: string): Promise<unknown> {
    return this.#ask("DELETE", collection);
  }

  indexField(collection: string, field: object): Promise<unknown> {
    return this.#ask("PUT", collection, "/index?wait=true", field);
  }

  upsert(collection: string, points: object[]): Promise<unknown> {
    return this.#ask("PUT", collection, "/points?wait=true", { points });
  }

  delete(collection: string, which: { points: string[] } | { filter: QdrantFilter }) {
    return this.#ask("POST", collection, "/points/delete?wait=true", which);
  }

  retrieve(collection: string, query: object): Promise<Point[]> {
    return this.#ask("POST", collection, "/points", query);
  }

  async query(collection: string, query: object): Promise<(Point & { score: number })[]> {
    type Result = { points: (Point & { score: number })[] };
    return (await this.#ask<Result>("POST", collection, "/points/query", query)).points;
  }

  scroll(
    collection: string,
    query: object,
  ): Promise<{ points: Point[]; next_page_offset?: string | null }> {
    return this.#ask("POST", collection, "/points/scroll", query);
  }

  async count(collection: string, filter?: QdrantFilter): Promise<number> {
    const query = { filter, exact: true };
    return (await this.#ask<{ count: number }>("POST", collection, "/points/count", query)).count;
  }

  async #ask<T>(method: string, collection: string, path = "", body?: object): Promise<T> {
    const response = await fetch(
      `${this.#base}/collections/${encodeURIComponent(collection)}${path}`,
      {
        method,
        headers: this.#headers,
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    );
    const text = await response.text();
    const answer = parsed(text);
    if (!response.ok)
      throw new QdrantError(response.status, answer?.status?.error ?? text.slice(0, 200));
    if (answer?.result === undefined) throw new QdrantError(response.status, NOT_QDRANT);
    return answer.result;
  }
}

function addressOf(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  // The address may hold a key, so it is not quoted.
  throw new LabError(
    "The address of Qdrant cannot be read",
    "Write http://host:6333, and give its key apart.",
    2,
  );
}

export const NOT_QDRANT = "an answer without a result";

// biome-ignore lint/suspicious/noExplicitAny: whatever the server sent
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
