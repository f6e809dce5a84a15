import { kitOpener, type Ports } from "../kits/all.ts";
import { play } from "../lesson/play.ts";
import { isTiny } from "../model/names.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import { loadEncoding, loadTokenizer, type Tokenizer } from "../model/tokens.ts";
import { connectOffline } from "../run/offline.ts";
import type { PlayOrder } from "./orders.ts";
import { plannedBy, type Shown, withoutMoves } from "./planned.ts";

const MODEL = "offline-tutor";

interface PlayerOptions extends Shown {
  /** milliseconds between the pieces of a reply, 0 if it comes at once */
  paceMs: number;
}

/**
 * Plays steps of a section on the offline endpoint, where there may be no Node: the same lesson,
 * the same player and the same endpoint as in the terminal.
 *
 * @throws LabError where there is no such section, or a param does not take what was typed
 */
export async function playSteps(
  order: PlayOrder,
  { emit, ask, signal, paceMs }: PlayerOptions,
): Promise<void> {
  const tokenizer = await loadTokenizer(MODEL);
  await play({
    ...(await plannedBy(order)),
    emit,
    ask: withoutMoves(ask),
    connect: async (to) =>
      connectOffline({
        emit: to,
        countTokens: tokenizer.count,
        decodeTokens: tokenizer.decode,
        paceMs,
        stream: paceMs > 0,
      }),
    run: {
      endpoint: "offline",
      model: MODEL,
      why: "it answers in this page",
      pricesAsOf: PRICES_AS_OF,
    },
    openKit: kitOpener(portsOf(tokenizer, signal), "open"),
    signal,
  });
}

function portsOf(tokenizer: Tokenizer, signal: AbortSignal): Ports {
  return {
    bases: () => ({ baseModels: ["tiny-base"] }),
    checkup: () => ({
      examine: async () => ({ title: "This page", columns: [], rows: [] }),
    }),
    encoder: () => ({}),
    endpoints: () => ({}),
    tokenizers: () => ({
      model: MODEL,
      isTiny,
      splitTokens: (text) => tokenizer.split(text),
      countIn: async (encoding, text) => (await loadEncoding(encoding)).count(text),
    }),
    training: () => ({ signal, keptAt: "/tmp/lesson-training.ckpt", part() {} }),
    vectors: () => ({ store: "memory", settings: {}, model: MODEL, signal, program: undefined }),
  };
}
