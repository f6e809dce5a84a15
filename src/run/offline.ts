import type { Models } from "../lesson/types.ts";
import { createModels } from "../model/factory.ts";
import { TINY_URL } from "../model/names.ts";
import { offlineWire } from "../offline/app.ts";
import type { Emit } from "../trace/events.ts";
import { Recorder } from "../trace/recorder.ts";

interface Options {
  emit: Emit;
  countTokens(text: string): number;
  stream?: boolean;
}

/**
 * A recorder and models on the offline endpoint, whatever the settings say: for estimates and
 * tests.
 */
export function connectOffline({ emit, countTokens, stream = false }: Options): {
  recorder: Recorder;
  models: Models;
} {
  const price = () => null;
  const now = () => performance.now();
  const recorder = new Recorder({ emit, price, countTokens, stream, now });
  const models = createModels({
    model: "offline-tutor",
    baseModel: "tiny-base",
    embeddingModel: "offline-embedding-2",
    baseURL: TINY_URL,
    apiKey: "none",
    wire: recorder.watch(offlineWire({ countTokens, ownCheckpoints: true })),
    countTokens,
    price,
  });
  return { recorder, models };
}
