import { countOf } from "../format.ts";
import { type EndpointFailure, type RequestFacts, strangeReply } from "./failures.ts";

/** What an answer to /embeddings has in it, as far as it is read here. */
export interface VectorsReply {
  data?: unknown;
  usage?: unknown;
}

/**
 * Puts the vectors of a reply in the order of the texts that were sent, as numbers.
 *
 * A server may answer in any order, as long as it says which text each vector is of (`index`).
 * Where no vector has an index, the order of the reply is taken.
 *
 * @param asked the request's body: `input` is a text or a list, `dimensions` a length
 * @throws EndpointFailure for a reply in which a vector is missing, double or not one
 */
export function orderVectors(
  reply: VectorsReply | null,
  asked: Record<string, unknown>,
  facts: RequestFacts,
): { embedding: number[]; index: number }[] {
  const wanted = Array.isArray(asked.input) ? asked.input.length : 1;
  if (!Array.isArray(reply?.data)) throw strangeReply("without vectors in it", facts);
  const items = reply.data as (Item | null)[];
  const refuse = (what: string) => notTheVectors(`with ${what}`, facts);
  if (items.length !== wanted)
    throw refuse(`${countOf(items.length, "vector")} for ${countOf(wanted, "text")}`);
  const places = placesOf(items, refuse);
  const made: number[][] = [];
  for (const [at, item] of items.entries())
    made[places[at]!] = numbersOf(item?.embedding, places[at]! + 1, refuse);
  const length = typeof asked.dimensions === "number" ? asked.dimensions : made[0]!.length;
  const odd = made.findIndex((vector) => vector.length !== length);
  if (odd >= 0)
    throw refuse(`a vector of ${made[odd]!.length} numbers for text ${odd + 1}, not ${length}`);
  return made.map((embedding, index) => ({ embedding, index }));
}

interface Item {
  embedding?: unknown;
  index?: unknown;
}

type Refuse = (what: string) => EndpointFailure;

/** For each vector of a reply the place of its text, from 0. */
function placesOf(items: readonly (Item | null)[], refuse: Refuse): number[] {
  if (items.every((item) => item?.index === undefined || item.index === null))
    return items.map((_, at) => at);
  const seen = new Set<number>();
  return items.map((item) => {
    const index = item?.index;
    const place = typeof index === "string" && /^\d+$/.test(index) ? Number(index) : index;
    if (typeof place !== "number") throw refuse("a vector that does not say which text it is of");
    if (!Number.isInteger(place) || place < 0 || place >= items.length)
      throw refuse(
        `a vector of index ${place}, where ${countOf(items.length, "text")} were sent (0 to ${items.length - 1})`,
      );
    if (seen.has(place)) throw refuse(`two vectors of index ${place}, and so one is missing`);
    seen.add(place);
    return place;
  });
}

/** A vector as numbers; OpenAI's base64 form is read too. */
function numbersOf(vector: unknown, place: number, refuse: Refuse): number[] {
  const numbers = typeof vector === "string" ? decoded(vector) : vector;
  if (!Array.isArray(numbers) || numbers.length === 0)
    throw refuse(`no vector in the place of text ${place}`);
  const odd = numbers.findIndex((value) => typeof value !== "number" || !Number.isFinite(value));
  if (odd >= 0) {
    const value = typeof numbers[odd] === "number" ? numbers[odd] : JSON.stringify(numbers[odd]);
    throw refuse(`${String(value).slice(0, 40)} among the numbers of the vector of text ${place}`);
  }
  return numbers;
}

/** Numbers of 32 bits, the lowest byte first. */
function decoded(base64: string): number[] | undefined {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}

function notTheVectors(what: string, facts: RequestFacts): EndpointFailure {
  const hint = `Does ${facts.model} make vectors of texts? Try another embedding model or server.`;
  return strangeReply(what, facts, hint);
}
