import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { createBrotliDecompress, createGunzip, createInflate, constants as zlib } from "node:zlib";
import { urlOf } from "../model/address.ts";
import { loadDispatchers } from "../model/transport.ts";
import type { Proxies } from "../proxies.ts";

type Wire = typeof fetch;

/** A reply whose body comes in pieces; a Response's own stream takes several times as long. */
export interface Reply {
  status: number;
  headers: Headers;
  body: AsyncIterable<Uint8Array>;
}

/** A way to an endpoint; headers are a list of pairs, since a Headers object would sort them. */
export type Passage = (url: URL, init: RequestInit) => Promise<Reply>;

/**
 * A passage that sends a request as it came, to the letter: no header more, none less, in the order
 * given, and no redirect followed. Only the reply's packing is taken off.
 */
export function openPassage(proxies: Proxies): Passage {
  let loaded: Promise<Passage> | undefined;
  return async (url, init) => {
    loaded ??= loadPassage(proxies);
    return (await loaded)(url, init);
  };
}

/** A passage as a wire, for what is to be recorded or spoilt. */
export function asWire(passage: Passage): Wire {
  return async (input, init) => {
    const { status, headers, body } = await passage(urlOf(input), init ?? {});
    const hasBody = ![204, 205, 304].includes(status);
    const stream = Readable.toWeb(Readable.from(body)) as BodyInit & WebStream;
    return new Response(hasBody ? stream : null, { status, headers });
  };
}

/** A wire as a passage. */
export function asPassage(wire: Wire): Passage {
  return async (url, init) => {
    const { status, headers, body } = await wire(url, init);
    return { status, headers, body: body ?? Readable.from([]) };
  };
}

async function loadPassage(proxies: Proxies): Promise<Passage> {
  const { request } = await import("undici");
  const dispatcherFor = await loadDispatchers(proxies);
  return async (url, init) => {
    const { method = "GET", headers = [], body, signal } = init;
    const reply = await request(url, {
      method: method as "GET",
      headers: (headers as [string, string][]).flat(),
      body: body as string | Uint8Array | null,
      signal,
      dispatcher: dispatcherFor(url),
    });
    const told = new Headers();
    for (const [name, value] of Object.entries(reply.headers))
      for (const one of [value].flat()) if (one !== undefined) told.append(name, one);
    return { status: reply.statusCode, headers: told, body: unpack(reply.body, told) };
  };
}

/** A body without its packing, piece by piece as it comes; what packs it leaves the headers. */
function unpack(body: Readable, headers: Headers): Readable {
  const open = UNPACKERS[headers.get("content-encoding")?.trim().toLowerCase() ?? ""];
  if (!open) return body;
  headers.delete("content-encoding");
  headers.delete("content-length");
  const unpacked = open();
  body.on("error", (error) => unpacked.destroy(error));
  unpacked.on("close", () => body.destroy());
  return body.pipe(unpacked);
}

const AT_ONCE = { flush: zlib.Z_SYNC_FLUSH };
const UNPACKERS: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: () => createGunzip(AT_ONCE),
  "x-gzip": () => createGunzip(AT_ONCE),
  deflate: () => createInflate(AT_ONCE),
  br: () => createBrotliDecompress({ flush: zlib.BROTLI_OPERATION_FLUSH }),
};
