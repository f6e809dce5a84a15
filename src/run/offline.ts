import type { Models } from "../lesson/types.ts";
import { createModels } from "../model/factory.ts";
import { TINY_URL } from "../model/names.ts";
import { type EndpointOptions, offlineWire } from "../offline/app.ts";
import type { Emit } from "../trace/events.ts";
import { Recorder } from "../trace/recorder.ts";

interface Options extends Pick<EndpointOptions, "countTokens" | "decodeTokens" | "paceMs"> {
  emit: Emit;
  stream?: boolean;
}

/**
 * A recorder and models on the offline endpoint, whatever the settings say: for estimates, pages
 * and tests.
 */
export function connectOffline({ emit, stream = false, ...endpoint }: Options): {
  recorder: Recorder;
  models: Models;
} {
  const { countTokens } = endpoint;
  const price = () => null;
  const now = () => performance.now();
  const recorder = new Recorder({ emit, price, countTokens, stream, now });
  const models = createModels({
    model: "offline-tutor",
    baseModel: "tiny-base",
    embeddingModel: "offline-embedding-2",
    baseURL: TINY_URL,
    apiKey: "none",
    wire: recorder.watch(offlineWire({ ...endpoint, ownCheckpoints: true })),
    countTokens,
    price,
  });
  return { recorder, models };
}
