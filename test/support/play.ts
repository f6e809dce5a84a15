import { kitOpener } from "../../src/kits/all.ts";
import { isTiny } from "../../src/model/names.ts";
import { loadEncoding } from "../../src/model/tokens.ts";
import { connectOffline } from "../../src/run/offline.ts";
import type { Stage } from "../../src/stage/port.ts";
import type { Emit } from "../../src/trace/events.ts";

/**
 * What playing needs besides a lesson, against the real offline endpoint; nothing is trained or
 * stored.
 */
export function offlineSurroundings(
  stage: Stage,
  countTokens: (text: string) => number,
  stream = false,
) {
  const { signal } = new AbortController();
  const openKit = kitOpener(
    {
      bases: () => ({ baseModels: ["tiny-base"] }),
      checkup: () => ({ examine: async () => ({ title: "", columns: [], rows: [] }) }),
      encoder: () => ({}),
      endpoints: () => ({}),
      tokenizers: () => ({
        model: "offline-tutor",
        isTiny,
        splitTokens: (text) => [text],
        countIn: async (encoding, text) => (await loadEncoding(encoding)).count(text),
      }),
      training: () => ({ signal, keptAt: "", part: () => {} }),
      vectors: () => ({ store: "memory", model: "offline-embedding-2", signal }),
    },
    "estimate",
  );
  return {
    emit: stage.emit.bind(stage),
    ask: stage.ask.bind(stage),
    connect: async (emit: Emit) => connectOffline({ emit, countTokens, stream }),
    run: { endpoint: "offline", model: "offline-tutor", why: "a test", pricesAsOf: "2025-08" },
    openKit,
  };
}
