import { Worker } from "node:worker_threads";
import { findLabError, LabError } from "../errors.ts";
import type { EmbeddingBody } from "../trace/wire.ts";
import type { Observer, Request, Watch } from "./observer.ts";
import type { Sent } from "./sent.ts";
import type { WayOptions } from "./way.ts";

/** What the thread needs to know. */
export interface ThreadData extends Omit<WayOptions, "secrets"> {
  port: number;
  secrets: string[];
  /** whether each request must be allowed */
  hasBudget: boolean;
}

/** What the thread tells; times are in milliseconds since 1970. */
export type FromThread =
  | { type: "open"; address: string; why: string; endpoint: string }
  | { type: "failed"; message: string; hint: string; exitCode: number }
  | {
      type: "begin";
      id: number;
      at: number;
      request: Omit<Request, "headers"> & { headers: Pairs };
    }
  | { type: "replied"; id: number; status: number; headers: Pairs }
  | { type: "piece"; id: number; text: string }
  | { type: "ended"; id: number; at: number }
  | { type: "broke"; id: number; at: number; why: string; mayRetry: boolean | undefined }
  | { type: "allow"; id: number; sent: Sent | EmbeddingBody }
  | { type: "closed"; kept: string | undefined };

type Pairs = [string, string][];

export type ToThread =
  | { type: "allowed"; id: number; refusal: { message: string; hint: string } | undefined }
  | { type: "close"; isCutShort: boolean };

interface Options {
  /** the built file of thread.ts */
  file: URL;
  data: ThreadData;
  observer: Observer;
  /** @throws LabError for a request that must not pass */
  allow(sent: Sent | EmbeddingBody): Promise<void>;
}

/**
 * Opens the proxy in a thread of its own.
 *
 * @throws LabError where it cannot be opened
 */
export async function openThread({ file, data, observer, allow }: Options) {
  const worker = new Worker(file, { workerData: data });
  const send = (message: ToThread) => worker.postMessage(message);
  const watches = new Map<number, Watch>();
  const opened = later<FromThread & { type: "open" }>();
  const closed = later<string | undefined>();
  const fail = (error: unknown) => {
    opened.reject(error);
    closed.reject(error);
  };
  worker.on("error", fail);
  worker.on("message", (messages: FromThread[]) => {
    for (const message of messages) void take(message);
  });

  async function take(message: FromThread): Promise<void> {
    switch (message.type) {
      case "open":
        return opened.resolve(message);
      case "failed":
        return fail(new LabError(message.message, message.hint, message.exitCode));
      case "closed":
        // Connections to the endpoint that are kept for more requests would keep it alive.
        await worker.terminate();
        return closed.resolve(message.kept);
      case "allow":
        return send({ type: "allowed", id: message.id, refusal: await refusalOf(message.sent) });
      case "begin": {
        const { headers, ...request } = message.request;
        const whole = { ...request, headers: new Headers(headers) };
        return void watches.set(message.id, observer.begin(whole, message.at));
      }
      default:
        tell(message, watches);
    }
  }

  async function refusalOf(sent: Sent | EmbeddingBody) {
    try {
      await allow(sent);
      return undefined;
    } catch (error) {
      const known = findLabError(error);
      if (!known) throw error;
      return { message: known.message, hint: known.hint };
    }
  }

  const { address, why, endpoint } = await opened.promise;
  return {
    address,
    why,
    endpoint,
    /** Ends it, once all that passed is told; returns what the user should know of a tape. */
    close(isCutShort: boolean): Promise<string | undefined> {
      send({ type: "close", isCutShort });
      return closed.promise;
    },
  };
}

/** Hands on what is told of the reply to a request. */
function tell(
  message: FromThread & { type: "replied" | "piece" | "ended" | "broke" },
  watches: Map<number, Watch>,
): void {
  const watch = watches.get(message.id);
  if (message.type === "replied") watch?.replied(message.status, new Headers(message.headers));
  else if (message.type === "piece") watch?.piece(message.text);
  else {
    watches.delete(message.id);
    if (message.type === "ended") watch?.ended(message.at);
    else watch?.broke(message.why, message.mayRetry, message.at);
  }
}

/** A promise that is settled from outside; where nobody waits for it, its failure does no harm. */
function later<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
