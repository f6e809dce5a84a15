import { type Config, OPENAI_URL } from "../config.ts";
import { LabError } from "../errors.ts";
import type { SmallerBatches } from "../model/batches.ts";
import { isTiny, TINY_URL } from "../model/names.ts";
import { readTape } from "../tape/read.ts";
import { embeddingModelOn, type Tape } from "../tape/tape.ts";
import { TapeFile } from "../tape/tape-file.ts";
import { checkpointIn, readCheckpoint } from "../tinylm/checkpoint-file.ts";
import type { Recorder } from "../trace/recorder.ts";
import type { RunOptions } from "./flags.ts";

type Wire = typeof fetch;

/**
 * Where replies come from: the offline endpoint, a real one, or a tape; and perhaps onto a tape.
 */
export interface Source {
  /** "offline", the address of a real endpoint, or the name of a tape */
  endpoint: string;
  model: string;
  baseModel?: string;
  /** models that only continue text: the tiny one, and a real one where it is named */
  baseModels: string[];
  embeddingModel?: string;
  /** models of a real endpoint, which their provider may shut down */
  hosted: readonly string[];
  why: string;
  baseURL: string;
  apiKey: string;
  /** whether it is another machine, where calls may be paid for */
  isFarAway: boolean;
  /** whether replies must be streamed, whatever the stage likes */
  mustStream: boolean;
  /** Loads and opens the way to the replies. */
  wire(of: WireOptions): Promise<Wire>;
  /** Ends it; returns what the learner should know of what was recorded. */
  close(isCutShort: boolean): string | undefined;
}

interface WireOptions {
  recorder: Recorder;
  countTokens(text: string): number;
  /** milliseconds between the pieces of an offline reply */
  paceMs: number;
  /** whether a replay keeps the timing of the tape */
  timed: boolean;
}

/** The base model that ships with the package. */
const TINY_BASE = "tiny-base";
const NOWHERE = { baseURL: TINY_URL, apiKey: "none" };
/** OpenAI's chat models make no vectors, so there a model that does is meant. */
const USUAL_EMBEDDING = "text-embedding-3-small";

export function openSource(options: RunOptions, given: Config): Source {
  const config = withCheckpoint(given);
  if (options.replay !== undefined && options.record !== undefined) {
    throw new LabError(
      "A run cannot be recorded and replayed at once",
      "Give --record or --replay, not both.",
      2,
    );
  }
  if (options.replay !== undefined)
    return tapeSource(readTape(options.replay), options.replay, options.speed, config);
  const source =
    config.endpoint.kind === "offline"
      ? offlineSource(config)
      : liveSource(config, config.endpoint);
  return options.record === undefined ? source : recordedSource(source, options.record);
}

/** The settings with the file of the learner's own tiny model, which is read before the run. */
function withCheckpoint(config: Config): Config {
  const { baseModel = "", why } = config;
  if (!baseModel.startsWith("tiny:")) return config;
  const file = checkpointIn(baseModel.slice("tiny:".length));
  readCheckpoint(file);
  return { ...config, baseModel: `tiny:${file}`, why: why.replace(baseModel.slice(5), file) };
}

function offlineSource(config: Config): Source {
  const { model, why } = config;
  // A real model that was named for other runs is not there offline.
  const baseModel = isTiny(config.baseModel ?? "") ? config.baseModel : TINY_BASE;
  return {
    endpoint: "offline",
    model,
    baseModel,
    baseModels: [baseModel ?? TINY_BASE],
    embeddingModel: "offline-embedding-2",
    hosted: [],
    why,
    ...NOWHERE,
    isFarAway: false,
    mustStream: false,
    wire: openOffline,
    close: () => undefined,
  };
}

function liveSource(
  { model, baseModel, embeddingModel, why, timeoutMs, proxies, account }: Config,
  live: Config["endpoint"] & { kind: "live" },
): Source {
  const { baseURL, apiKey, keyOrigin } = live;
  return {
    endpoint: baseURL,
    model,
    baseModel,
    baseModels: [...new Set([TINY_BASE, baseModel ?? TINY_BASE])],
    embeddingModel: embeddingModel ?? (baseURL === OPENAI_URL ? USUAL_EMBEDDING : undefined),
    hosted: [model, baseModel, embeddingModel].filter((name) => name !== undefined),
    why,
    baseURL,
    apiKey,
    isFarAway: !/^(?:localhost|127\.|\[::1\]|10\.|192\.168\.)/.test(new URL(baseURL).hostname),
    // Only in a stream is a slow reply told from a dead one.
    mustStream: true,
    wire: async (of) => {
      const { liveWire } = await import("../model/wire.ts");
      const onRetry: Recorder["retried"] = (info) => of.recorder.retried(info);
      const onRefused: Recorder["refused"] = (what) => of.recorder.refused(what);
      const onSmaller = (what: SmallerBatches) => of.recorder.noted(batchesNote(what));
      const onNote: Recorder["noted"] = (text) => of.recorder.noted(text);
      const far = liveWire({
        timeoutMs,
        keyOrigin,
        onRetry,
        onRefused,
        onSmaller,
        onNote,
        proxies,
        account,
      });
      return besideTiny(far, await openOffline(of));
    },
    close: () => undefined,
  };
}

async function openOffline({ countTokens, paceMs }: WireOptions): Promise<Wire> {
  const { offlineWire } = await import("../offline/app.ts");
  return offlineWire({ countTokens, paceMs, ownCheckpoints: true });
}

function batchesNote({ host, model, refused, batch }: SmallerBatches): string {
  return `${host} does not take ${refused} texts for ${model} in one request: it is sent ${batch} at a time.`;
}

/**
 * A real endpoint and, beside it, the tiny models of this process: their address tells which is
 * meant.
 */
function besideTiny(far: Wire, near: Wire): Wire {
  return (input, init) => (String(input).startsWith(TINY_URL) ? near : far)(input, init);
}

function tapeSource(
  tape: Tape,
  path: string,
  speed: number | undefined,
  { baseModel }: Config,
): Source {
  return {
    endpoint: `the tape ${path}`,
    model: tape.model,
    baseModel: baseModel ?? TINY_BASE,
    baseModels: [...new Set([TINY_BASE, baseModel ?? TINY_BASE])],
    hosted: [],
    embeddingModel: embeddingModelOn(tape),
    why: `${tape.model}, replayed from ${path}: no key and no network needed`,
    ...NOWHERE,
    isFarAway: false,
    mustStream: true,
    wire: async ({ timed }) => {
      const { replaying } = await import("../tape/replay.ts");
      return replaying(tape, path, speed ?? (timed ? 1 : 0));
    },
    close: () => undefined,
  };
}

/** The same source, with all that comes from it written down. */
function recordedSource(source: Source, path: string): Source {
  const tape = new TapeFile(path, source.model);
  return {
    ...source,
    why: `${source.why}; recorded to ${path}`,
    mustStream: true,
    wire: async (of) => {
      const { recording } = await import("../tape/record.ts");
      return recording(await source.wire(of), tape, { secrets: [source.apiKey] });
    },
    close: (isCutShort) => tape.close(isCutShort),
  };
}
