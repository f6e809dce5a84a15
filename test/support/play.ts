import type { Outside } from "../../src/lesson/types.ts";
import { createModels } from "../../src/model/factory.ts";
import { offlineWire } from "../../src/offline/app.ts";
import type { Recorder } from "../../src/trace/recorder.ts";

/** What playing needs besides a lesson and a stage, against the real offline endpoint; nothing is trained or stored. */
export function offlineSurroundings(countTokens: (text: string) => number) {
  const wire = offlineWire({ countTokens });
  const endpoint = { model: "offline-tutor", baseURL: "http://offline.invalid/v1", apiKey: "none" };
  const price = () => null;
  const outside: Outside = {
    splitTokens: (text) => [text],
    stores: {} as never,
    examine: async () => ({ title: "", columns: [], rows: [] }),
    baseModels: ["tiny-base"],
    train: async () => {
      throw new Error("nothing is trained here");
    },
  };
  return {
    connect: (recorder: Recorder) =>
      createModels({ ...endpoint, wire: recorder.watch(wire), countTokens, price }),
    run: { endpoint: "offline", model: "offline-tutor", why: "a test", pricesAsOf: "2025-08" },
    countTokens,
    price,
    outside,
  };
}
