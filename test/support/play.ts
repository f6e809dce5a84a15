import { kitOpener } from "../../src/kits/all.ts";
import { createModels, isTiny } from "../../src/model/factory.ts";
import { offlineWire } from "../../src/offline/app.ts";
import type { Recorder } from "../../src/trace/recorder.ts";

/** What playing needs besides a lesson and a stage, against the real offline endpoint; nothing is trained or stored. */
export function offlineSurroundings(countTokens: (text: string) => number) {
  const wire = offlineWire({ countTokens });
  const endpoint = {
    model: "offline-tutor",
    embeddingModel: "offline-embedding",
    baseURL: "http://offline.invalid/v1",
    apiKey: "none",
  };
  const price = () => null;
  const { signal } = new AbortController();
  const openKit = kitOpener(
    {
      bases: () => ({ baseModels: ["tiny-base"] }),
      checkup: () => ({ examine: async () => ({ title: "", columns: [], rows: [] }) }),
      tokenizers: () => ({ model: "offline-tutor", isTiny, splitTokens: (text) => [text] }),
      training: () => ({ signal, keptAt: "", part: () => {} }),
      vectors: () => ({ store: "memory", model: "offline-embedding", signal }),
    },
    "estimate",
  );
  return {
    connect: (recorder: Recorder) =>
      createModels({ ...endpoint, wire: recorder.watch(wire), countTokens, price }),
    run: { endpoint: "offline", model: "offline-tutor", why: "a test", pricesAsOf: "2025-08" },
    countTokens,
    price,
    openKit,
  };
}
