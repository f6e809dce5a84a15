import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Point {
  id: string | number;
  vector: number[];
  payload: Record<string, unknown>;
}

interface Held {
  size: number;
  cosine: boolean;
  points: Map<string | number, Point>;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies are what clients send
type Body = any;

/**
 * The part of Qdrant's REST interface that this project uses, in memory, with its own meaning of filters, ids,
 * paths and errors: https://api.qdrant.tech. Whoever sets QDRANT_URL tests against a real one.
 */
export async function serveQdrant({ apiKey }: { apiKey?: string } = {}) {
  const collections = new Map<string, Held>();
  const server = createServer(async (request, response) => {
    const answer = await reply(request, collections, apiKey).catch((error) => ({
      status: 500,
      body: { status: { error: String(error) } },
    }));
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(JSON.stringify({ time: 0, ...answer.body }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

interface Answer {
  status: number;
  body: object;
}

const ok = (result: unknown): Answer => ({ status: 200, body: { status: "ok", result } });
const fail = (status: number, error: string): Answer => ({ status, body: { status: { error } } });

async function reply(
  request: IncomingMessage,
  collections: Map<string, Held>,
  apiKey?: string,
): Promise<Answer> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) text += part;
  if (apiKey && request.headers["api-key"] !== apiKey)
    return fail(401, "Must provide an API key or an Authorization bearer token");
  const body: Body = text ? JSON.parse(text) : {};
  const path = new URL(request.url ?? "", "http://localhost").pathname;
  const [, top, name = "", ...rest] = path.split("/").map(decodeURIComponent);
  if (top !== "collections") return fail(404, "Not found");
  const route = `${request.method} ${rest.join("/")}`.trim();
  if (route === "GET exists") return ok({ exists: collections.has(name) });
  if (route === "PUT") return create(collections, name, body);
  if (route === "DELETE") return ok(collections.delete(name));
  const held = collections.get(name);
  if (!held) return fail(404, `Not found: Collection \`${name}\` doesn't exist!`);
  const run = ROUTES[route];
  return run ? run(held, body) : fail(404, `no route ${route}`);
}

function create(collections: Map<string, Held>, name: string, { vectors }: Body): Answer {
  if (collections.has(name))
    return fail(409, `Wrong input: Collection \`${name}\` already exists!`);
  const cosine = vectors.distance === "Cosine";
  collections.set(name, { size: vectors.size, cosine, points: new Map() });
  return ok(true);
}

const ROUTES: Record<string, (held: Held, body: Body) => Answer> = {
  PATCH: () => ok(true),
  "PUT index": () => ok({ status: "completed" }),
  "PUT points": (held, { points }) => {
    for (const { id, vector } of points) {
      if (!isId(id))
        return fail(400, `Format error in JSON body: value ${id} is not a valid point ID`);
      if (vector.length !== held.size) return wrongSize(held, vector);
    }
    for (const { id, vector, payload } of points)
      held.points.set(id, { id, payload, vector: held.cosine ? unit(vector) : vector });
    return ok({ status: "completed" });
  },
  "POST points": (held, { ids, ...wanted }) =>
    ok(ids.flatMap((id: string) => held.points.get(id) ?? []).map(shown(wanted))),
  "POST points/query": (held, { query, limit, filter, ...wanted }) => {
    if (query.length !== held.size) return wrongSize(held, query);
    const target = unit(query);
    const scored = matching(held, filter).map((point) => ({
      ...shown(wanted)(point),
      score: dot(target, point.vector),
    }));
    return ok({ points: scored.sort((a, b) => b.score - a.score).slice(0, limit) });
  },
  "POST points/delete": (held, { points, filter }) => {
    const ids = points ?? matching(held, filter).map((point) => point.id);
    for (const id of ids) held.points.delete(id);
    return ok({ status: "completed" });
  },
  "POST points/count": (held, { filter }) => ok({ count: matching(held, filter).length }),
  "POST points/scroll": (held, { filter, offset, limit, ...wanted }) => {
    const ordered = matching(held, filter).sort((a, b) => (a.id < b.id ? -1 : 1));
    const from = offset === undefined ? 0 : ordered.findIndex((point) => point.id >= offset);
    const page = ordered.slice(from, from + limit);
    return ok({
      points: page.map(shown(wanted)),
      next_page_offset: ordered[from + limit]?.id ?? null,
    });
  },
};

function wrongSize({ size }: Held, vector: number[]): Answer {
  return fail(
    400,
    `Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`,
  );
}

function isId(id: unknown): boolean {
  if (typeof id === "number") return Number.isSafeInteger(id) && id >= 0;
  return /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(String(id));
}

function shown({ with_payload, with_vector }: Body) {
  return ({ id, payload, vector }: Point): Body => {
    const fields = Object.entries(payload).filter(
      ([key]) => with_payload === true || with_payload?.include?.includes(key),
    );
    return {
      id,
      payload: with_payload ? Object.fromEntries(fields) : null,
      ...(with_vector && { vector }),
    };
  };
}

function matching({ points }: Held, filter: Body): Point[] {
  return [...points.values()].filter((point) => holds(filter ?? {}, point));
}

/** Qdrant's filter: all of `must`, one of `should` where there are any, none of `must_not`. */
function holds(filter: Body, point: Point): boolean {
  if (filter.key !== undefined) return field(filter, point.payload);
  const known = Object.keys(filter).every((key) => ["must", "should", "must_not"].includes(key));
  if (!known) throw new Error(`unknown filter ${JSON.stringify(filter)}`);
  const { must = [], should = [], must_not: mustNot = [] } = filter;
  return (
    must.every((part: Body) => holds(part, point)) &&
    (should.length === 0 || should.some((part: Body) => holds(part, point))) &&
    !mustNot.some((part: Body) => holds(part, point))
  );
}

/** A condition on a field holds when it holds for one of its values. */
function field({ key, match, range }: Body, payload: Record<string, unknown>): boolean {
  const values = [at(payload, key)].flat().filter((value) => value !== undefined);
  if (match)
    return values.some((value) => (match.any ? match.any.includes(value) : match.value === value));
  return values.some(
    (value) =>
      typeof value === "number" &&
      (range.gt === undefined || value > range.gt) &&
      (range.gte === undefined || value >= range.gte) &&
      (range.lt === undefined || value < range.lt) &&
      (range.lte === undefined || value <= range.lte),
  );
}

/** Keys are paths: a.b is b in a. Anything that would need quoting is refused, as by Qdrant. */
function at(payload: unknown, key: string): unknown {
  if (!/^[\w-]+(\.[\w-]+)*$/.test(key)) throw new Error(`Invalid json path: '${key}'`);
  return key.split(".").reduce<unknown>((value, name) => {
    const inside = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return inside ? (value as Record<string, unknown>)[name] : undefined;
  }, payload);
}

function unit(vector: number[]): number[] {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => Math.fround(value / length));
}

function dot(a: number[], b: number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
