import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { LabError } from "../errors.ts";
import type { Moments } from "./adamw.ts";
import { type ModelShape, placesOf, shapeOf } from "./shape.ts";
import { SPECIAL } from "./vocabulary.ts";

/**
 * The states of a model on its way: it continues text, it answers, it answers as a rater likes it.
 */
export const STAGES = ["base", "instruct", "preferred"] as const;
export type Stage = (typeof STAGES)[number];

/** A model with all that is needed to use it, or to go on training it. */
export interface Checkpoint {
  stage: Stage;
  shape: ModelShape;
  /** the tokenizer: it is part of the model, with another one its ids mean nothing */
  alphabet: number[];
  merges: [number, number][];
  /** what it was trained with, in words; training goes on only with the same */
  recipe: Record<string, string | number>;
  /** steps of the stage that are done, and of how many */
  done: number;
  of: number;
  weights: Float32Array;
  /** AdamW's, where the stage is not finished */
  moments?: Moments;
}

const MAGIC = "llm-lab tiny model";
const VERSION = 1;

const header = z.object({
  version: z.number(),
  stage: z.enum(STAGES),
  shape: z.object({
    vocabulary: z.number().int().positive().max(65_536),
    context: z.number().int().positive().max(4096),
    width: z.number().int().positive().max(4096),
    layers: z.number().int().positive().max(64),
    heads: z.number().int().positive().max(256),
  }),
  alphabet: z.array(z.number().int().min(0).max(255)),
  merges: z.array(z.tuple([z.number().int().min(0), z.number().int().min(0)])),
  recipe: z.record(z.string(), z.union([z.string(), z.number()])),
  done: z.number().int().min(0),
  of: z.number().int().min(0),
  left: z.tuple([z.number(), z.number()]).optional(),
});

/**
 * A checkpoint as bytes: a line that names the kind of file, a line with the SHA-256 of all that
 * follows, a line of JSON, then float32 values, little-endian: the weights and, in an unfinished
 * one, AdamW's two moments.
 */
export function encodeCheckpoint({ weights, moments, ...about }: Checkpoint): Uint8Array {
  const values = [weights, ...(moments?.values ?? [])];
  const fields = { version: VERSION, ...about, left: moments?.left };
  const content = Buffer.concat([
    Buffer.from(`${JSON.stringify(fields)}\n`),
    ...values.map((of) => Buffer.from(of.slice().buffer)),
  ]);
  return Buffer.concat([Buffer.from(`${MAGIC}\n${digest(content)}\n`), content]);
}

/** @param name what the file is called in error messages */
export function decodeCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!all.subarray(0, MAGIC.length + 1).equals(Buffer.from(`${MAGIC}\n`))) {
    throw new LabError(
      `${name} is not a checkpoint of llm-lab's tiny model`,
      "Give a file that llm-lab train has written.",
      2,
    );
  }
  const [sum, content] = lineOf(all.subarray(MAGIC.length + 1));
  const [line, body] = lineOf(content);
  const fields = parseHeader(line);
  if (fields === "newer")
    throw new LabError(`${name} was written by a newer llm-lab`, "Install that one to use it.", 2);
  if (!fields || sum !== digest(content)) throw damaged(name);
  if (!isOfOurs(fields)) throw ofAnother(name);
  const { left, version: _, ...about } = fields;
  const { count } = placesOf(fields.shape);
  if (body.length !== 4 * count * (left ? 3 : 1)) throw damaged(name);
  const values = new Float32Array(new Uint8Array(body).buffer);
  if (!values.every(Number.isFinite)) throw ofAnother(name, "some of its weights are not numbers");
  const part = (at: number) => values.slice(at * count, (at + 1) * count);
  const moments: Moments | undefined = left && { values: [part(1), part(2)], left };
  return { ...about, weights: part(0), moments };
}

function lineOf(bytes: Buffer): [line: string, rest: Buffer] {
  const end = bytes.indexOf("\n");
  return end < 0 ? ["", bytes] : [bytes.subarray(0, end).toString(), bytes.subarray(end + 1)];
}

function parseHeader(line: string): z.infer<typeof header> | "newer" | undefined {
  try {
    const fields: unknown = JSON.parse(line);
    const { version } = z.object({ version: z.number() }).parse(fields);
    return version > VERSION ? "newer" : header.parse(fields);
  } catch {
    return undefined;
  }
}

function digest(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A token of more bytes than this is in no text. */
const LONGEST_TOKEN = 4096;

/** Whether this program makes models of such a shape, with such a tokenizer. */
function isOfOurs({ shape, alphabet, merges }: z.infer<typeof header>): boolean {
  const { vocabulary, width, layers } = shape;
  const first = SPECIAL.length + alphabet.length;
  if (new Set(alphabet).size < alphabet.length || first + merges.length > vocabulary) return false;
  const lengths = Array.from({ length: first }, () => 1);
  for (const [left, right] of merges) {
    const length = (lengths[left] ?? Number.NaN) + (lengths[right] ?? Number.NaN);
    if (!(length <= LONGEST_TOKEN)) return false;
    lengths.push(length);
  }
  try {
    return isDeepStrictEqual(shapeOf({ vocabulary, width, layers }), shape);
  } catch {
    return false;
  }
}

function ofAnother(name: string, why = "its shape or its tokenizer is none that llm-lab makes") {
  return new LabError(
    `The checkpoint ${name} cannot be used: ${why}`,
    "Give a file that llm-lab train has written.",
    2,
  );
}

function damaged(name: string): LabError {
  return new LabError(
    `The checkpoint ${name} is damaged: what is in it is not what was written`,
    "Train it again, or take a copy of it.",
    2,
  );
}
