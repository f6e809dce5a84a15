import { createHash } from "node:crypto";
import { dirname, sep } from "node:path";
import { Document } from "@langchain/core/documents";
import { type Chunk, chunksOf } from "./chunks.ts";
import type { ChunkSizes } from "./cut.ts";
import type { ChunkFields, Ledger } from "./ledger.ts";
import { readBytes } from "./read-file.ts";
import { partsOf } from "./sections.ts";
import { isOurFault, Unreadable, whyUnread } from "./unreadable.ts";
import { type FileFound, type LeftOut, type Walked, type WalkOptions, walk } from "./walk.ts";

export interface PlanSettings extends Pick<WalkOptions, "largest" | "largestFlag" | "except"> {
  folder: string;
  sizes: ChunkSizes;
  /** kept with the chunks that are new */
  now?: Date;
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
const FORMAT = 3;

/** Reads a folder and compares it with what the store holds. Nothing is embedded or written yet. */
export async function planUpdate(
  settings: PlanSettings,
  ledger: Ledger,
  onFile: (done: number, of: number) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<Plan> {
  const { folder, largest, largestFlag, except } = settings;
  const walked = await walk(folder, { largest, largestFlag, except, signal });
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
    const ids = new Set(made.map(({ id }) => id));
    for (const id of ledger.idsOf(found.path)) if (!ids.has(id)) stale.push(id);
    for (const row of made) rows.push(row);
    chunks += made.length;
    changed += 1;
  }
  await onFile(walked.files.length, walked.files.length);
  const gone = gonePaths(folder, ledger, walked);
  for (const path of gone) for (const id of ledger.idsOf(path)) stale.push(id);
  const files = { all: read, changed, unchanged, gone: gone.length };
  return { rows, stale, texts: newTexts(rows, ledger), files, chunks, leftOut: walked.leftOut };
}

/**
 * The rows of a file; "whole" if they are all there already; undefined for a file that cannot be
 * read.
 */
async function rowsOf(
  { file, path, kind }: FileFound,
  { folder, sizes, now }: PlanSettings,
  ledger: Ledger,
  walked: Walked,
): Promise<Row[] | "whole" | undefined> {
  try {
    const bytes = await readBytes(path);
    const made = hashOf([FORMAT, kind, sizes.size, sizes.overlap, hashOf(bytes)]);
    if (ledger.isWhole(path, made)) return "whole";
    const { sections, missing } = await partsOf(kind, bytes);
    if (missing) walked.leftOut.push({ file, reason: missing });
    const chunks = chunksOf(kind, sections, sizes);
    return withIds(path, chunks).map(({ id, chunk, ...piece }, place) => {
      const { text, ...where } = piece;
      const indexed = now?.toISOString();
      const metadata = { folder, file, made, chunk, place, of: chunks.length, indexed, ...where };
      return { id, document: new Document({ pageContent: text, metadata }) };
    });
  } catch (error) {
    if (isOurFault(error)) throw error;
    walked.leftOut.push({ file, reason: whyUnread(error) });
    // A corrupt file has no chunks; one that cannot be read may
    // still be the same.
    if (error instanceof Unreadable) walked.empty.add(path);
    else walked.unseen.push(path);
    return undefined;
  }
}

/**
 * Each chunk with an id that stays as long as its file and its text do, whatever stands around it.
 */
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
function gonePaths(folder: string, ledger: Ledger, { files, unseen, empty }: Walked): string[] {
  const there = new Set(files.map(({ path }) => path).filter((path) => !empty.has(path)));
  const kept = new Set(unseen);
  const within = folder.endsWith(sep) ? folder : folder + sep;
  return ledger.paths.filter(
    (path) => path.startsWith(within) && !there.has(path) && !isWithin(path, kept),
  );
}

/** Whether a path or a folder around it is among some places. */
function isWithin(path: string, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false;
  for (let one = path; ; one = dirname(one)) {
    if (places.has(one)) return true;
    if (one === dirname(one)) return false;
  }
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
