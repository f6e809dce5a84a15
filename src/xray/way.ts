import { LabError } from "../errors.ts";
import { type Fault, faultyWire } from "../model/fault.ts";
import type { Proxies } from "../proxies.ts";
import { TapeFile } from "../tape/tape-file.ts";
import type { Secrets } from "../trace/secrets.ts";
import { asPassage, asWire, openPassage, type Passage } from "./passage.ts";
import { REFUSALS, type Refusal, refusingFirst } from "./refusing.ts";

/** The way of a program's requests to their replies. */
export interface Way {
  /** the endpoint that the program means; of no account where nothing is sent */
  endpoint: URL;
  /** where replies come from, in a sentence */
  why: string;
  /** for requests to models */
  toModels: Passage;
  /** for all other requests */
  beside: Passage;
  /** Ends it; returns what the user should know of what was recorded. */
  close(isCutShort: boolean): string | undefined;
}

export interface WayOptions {
  /** the real endpoint; undefined where the offline one answers */
  live: { baseURL: string; proxies: Proxies } | undefined;
  record?: string;
  replay?: string;
  fault?: Fault | Refusal;
  secrets: Secrets;
}

/** Opens the way that the options ask for. @throws LabError for a tape that cannot be used */
export async function openWay(options: WayOptions): Promise<Way> {
  const { record, replay, fault, secrets } = options;
  if (record !== undefined && replay !== undefined)
    throw new LabError(
      "A run cannot be recorded and replayed at once",
      "Give --record or --replay, not both.",
      2,
    );
  const way = replay === undefined ? await endpointWay(options) : await tapeWay(replay);
  const recorded = record === undefined ? way : await recordedWay(way, record, secrets);
  return { ...recorded, toModels: spoilt(recorded.toModels, fault) };
}

/** Where nothing is sent, the program is still told an address like OpenAI's. */
const NOWHERE = new URL("http://offline.invalid/v1");

async function endpointWay({ live }: WayOptions): Promise<Way> {
  const close = () => undefined;
  if (live) {
    const endpoint = new URL(live.baseURL);
    const passage = openPassage(live.proxies);
    const why = `requests go to ${endpoint.host}`;
    return { endpoint, why, toModels: passage, beside: passage, close };
  }
  const { offlineWire } = await import("../offline/app.ts");
  const { loadTokenizer } = await import("../model/tokens.ts");
  const { forAnyModel } = await import("./any-model.ts");
  const { count, decode } = await loadTokenizer("offline-tutor");
  const wire = forAnyModel(offlineWire({ countTokens: count, decodeTokens: decode }));
  const passage = asPassage(wire);
  const why = "offline: llm-lab's own model answers, whatever is asked for";
  return { endpoint: NOWHERE, why, toModels: passage, beside: passage, close };
}

async function tapeWay(path: string): Promise<Way> {
  const { readTape } = await import("../tape/read.ts");
  const { replaying } = await import("../tape/replay.ts");
  return {
    endpoint: NOWHERE,

    why: `replies come from the tape ${path}`,
    toModels: asPassage(replaying(readTape(path), path, 0)),
    beside: async () => {
      throw new LabError(
        "The tape has requests to models only",
        "Run it without --replay, or let the program leave this request out.",
      );
    },
    close: () => undefined,
  };
}

async function recordedWay(way: Way, path: string, secrets: Secrets): Promise<Way> {
  const { recording } = await import("../tape/record.ts");
  const tape = new TapeFile(path, "as the program asks");
  const taped = recording(asWire(way.toModels), tape, { secrets: secrets.values });
  return {
    ...way,
    why: `${way.why}; recorded to ${path}`,
    toModels: asPassage((input, init) => {
      secrets.find(String(init?.body));
      return taped(input, init);
    }),
    close: (isCutShort) => tape.close(isCutShort),
  };
}

function spoilt(passage: Passage, fault: Fault | Refusal | undefined): Passage {
  const refusal = REFUSALS.find((one) => one === fault);
  if (refusal) return asPassage(refusingFirst(asWire(passage), refusal));
  const kind = (fault as Fault | undefined) ?? "none";
  return kind === "none" ? passage : asPassage(faultyWire(asWire(passage), kind));
}
