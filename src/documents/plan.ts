import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import { Document } from "@langchain/core/documents";
import { type Chunk, type ChunkSizes, chunksOf } from "./chunks.ts";
import type { ChunkFields, Ledger } from "./ledger.ts";
import { sectionsOf, Unreadable } from "./sections.ts";
import { type FileFound, type LeftOut, type Walked, walk, whyUnread } from "./walk.ts";

export interface PlanSettings {
  folder: string;
  sizes: ChunkSizes;
  /** the largest file that is read, in bytes */
  largest: number;
  /** a folder that is passed over: the store's own */
  except?: string;
}

/** What has to be done so that the store holds what is in the folder, and nothing else of it. */
export interface Plan {
  /** chunks to write, each with an id of its own */
  rows: Row[];
  /** ids of rows that have to go */
  stale: string[];
  /** texts whose vectors the store does not have yet, each once, by their hashes */
  texts: Map<string, string>;
  files: { all: number; changed: number; unchanged: number; gone: number };
  /** chunks that are in the files, those that are there already among them */
  chunks: number;
  leftOut: LeftOut[];
}

export interface Row {
  id: string;
  document: Document<ChunkFields>;
}

/** Changes whenever chunks are made in another way, so that all are made anew. */
const FORMAT = 1;

/** Reads a folder and compares it with what the store holds. Nothing is embedded or written yet. */
export async function planUpdate(
  settings: PlanSettings,
  ledger: Ledger,
  onFile: (done: number, of: number) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<Plan> {
  const { folder, largest, except } = settings;
  const walked = await walk(folder, { largest, except, signal });
  const rows: Row[] = [];
  const stale: string[] = [];
  let [read, changed, unchanged, chunks] = [0, 0, 0, 0];
  for (const [at, found] of walked.files.entries()) {
    signal?.throwIfAborted();
    await onFile(at, walked.files.length);
    const made = await rowsOf(found, settings, ledger, walked);
    if (made === undefined) continue;
    read += 1;
    if (made === "whole") {
      unchanged += 1;
      chunks += ledger.idsOf(found.path).length;
      continue;
    }
    const known = ledger.idsOf(found.path);
    const ids = new Set(made.map(({ id }) => id));
    stale.push(...known.filter((id) => !ids.has(id)));
    rows.push(...made);
    chunks += made.length;
    if (made.length > 0 || known.length > 0) changed += 1;
    else unchanged += 1;
  }
  await onFile(walked.files.length, walked.files.length);
  const gone = gonePaths(folder, ledger, walked);
  stale.push(...gone.flatMap((path) => ledger.idsOf(path)));
  const files = { all: read, changed, unchanged, gone: gone.length };
  return { rows, stale, texts: newTexts(rows, ledger), files, chunks, leftOut: walked.leftOut };
}

/** The rows of a file; "whole" if they are all there already; undefined for a file that cannot be read. */
async function rowsOf(
  { file, path, kind }: FileFound,
  { folder, sizes }: PlanSettings,
  ledger: Ledger,
  walked: Walked,
): Promise<Row[] | "whole" | undefined> {
  try {
    const bytes = await readFile(path);
    const made = hashOf([FORMAT, kind, sizes.size, sizes.overlap, hashOf(bytes)]);
    if (ledger.isWhole(path, made)) return "whole";
    const chunks = await chunksOf(kind, await sectionsOf(kind, bytes), sizes);
    return withIds(path, chunks).map(({ id, chunk, ...piece }, place) => {
      const { text, ...where } = piece;
      const metadata = { folder, file, made, chunk, place, of: chunks.length, ...where };
      return { id, document: new Document({ pageContent: text, metadata }) };
    });
  } catch (error) {
    const isBroken = error instanceof Unreadable;
    if (!isBroken && !(error instanceof Error && "code" in error)) throw error;
    walked.leftOut.push({ file, reason: isBroken ? error.message : whyUnread(error) });
    // A file that is no longer what its name says has nothing to find; one that cannot be read may still be the same.
    walked.unseen.push(...(isBroken ? [] : [path]));
    return undefined;
  }
}

/** Each chunk with an id that stays as long as its file and its text do, whatever stands around it. */
function withIds(path: string, chunks: readonly Chunk[]) {
  const times = new Map<string, number>();
  return chunks.map((piece) => {
    const chunk = hashOf(piece.text);
    const time = times.get(chunk) ?? 0;
    times.set(chunk, time + 1);
    return { ...piece, chunk, id: hashOf([path, chunk, time]) };
  });
}

/** Files in the folder that the store has chunks of, and that are no longer there to be read. */
function gonePaths(folder: string, ledger: Ledger, { files, unseen }: Walked): string[] {
  const there = new Set(files.map(({ path }) => path));
  const isIn = (path: string, place: string) =>
    path === place || path.startsWith(place.endsWith(sep) ? place : place + sep);
  return ledger.paths.filter(
    (path) => isIn(path, folder) && !there.has(path) && !unseen.some((place) => isIn(path, place)),
  );
}

function newTexts(rows: readonly Row[], ledger: Ledger): Map<string, string> {
  const texts = new Map(
    rows.map(({ document }) => [document.metadata.chunk, document.pageContent]),
  );
  return new Map([...texts].filter(([chunk]) => !ledger.hasChunk(chunk)));
}

function hashOf(what: string | Uint8Array | readonly (string | number)[]): string {
  const bytes =
    typeof what === "string" || what instanceof Uint8Array ? what : JSON.stringify(what);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}
