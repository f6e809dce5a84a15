/** What tapes of this program say, and all that it reads. */
export const TAPE_VERSION = 1;

/**
 * What went over the wire in a run: requests and responses, in order. No headers, no host, no keys.
 */
export interface Tape {
  version: typeof TAPE_VERSION;
  /** the model that the run asked for */
  model: string;
  entries: TapeEntry[];
}

export interface TapeEntry {
  request: { method: string; path: string; body: unknown };
  response: {
    status: number;
    contentType: string;
    /** the body as it came: pieces, each with the milliseconds since the request */
    pieces: { ms: number; text: string }[];
  };
}

/** The model that made vectors in the run, undefined where none were asked for. */
export function embeddingModelOn({ entries }: Tape): string | undefined {
  const entry = entries.find(({ request }) => request.path.endsWith("/embeddings"));
  return (entry?.request.body as { model?: string } | null | undefined)?.model;
}
