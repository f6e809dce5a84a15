import { loadConfig, terminalFacts } from "../config.ts";
import type { Models, Stage } from "../lesson/types.ts";
import { createModels } from "../model/factory.ts";
import { PRICES_AS_OF, priceOf } from "../model/prices.ts";
import { loadCounter } from "../model/tokens.ts";
import { liveWire } from "../model/wire.ts";
import { offlineWire } from "../offline/app.ts";
import { pickStage } from "../stage/pick.ts";
import type { Recorder } from "../trace/recorder.ts";
import type { CommonOptions, Io } from "./io.ts";

/** All that playing needs from outside the lesson: a stage to show it on, and models to talk to. */
export interface OpenRun {
  stage: Stage;
  connect(recorder: Recorder): Models;
  run: { endpoint: string; model: string; why: string; pricesAsOf: string };
  countTokens(text: string): number;
  price(input: number, output: number): number | null;
  /** whether replies are asked for token by token */
  stream: boolean;
  signal: AbortSignal;
}

/** Milliseconds between the pieces of an offline reply, where a person watches it come. */
const READING_PACE = 15;

/** Reads the settings, and opens the stage and the way to the models that they ask for. */
export async function openRun(options: CommonOptions, io: Io): Promise<OpenRun> {
  const config = loadConfig({ flags: options });
  const countTokens = await loadCounter(config.model);
  const stage = await pickStage({
    format: options.format ?? "auto",
    answers: options.answers,
    unfolded: options.full ?? false,
    facts: terminalFacts(),
    stdin: io.stdin,
    stdout: io.stdout,
    interrupt: io.interrupt,
  });
  const { endpoint } = config;
  const price = (input: number, output: number) => priceOf(config.model, input, output);
  const offline = endpoint.kind === "offline";
  return {
    stage,
    signal: io.signal,
    // A real reply is streamed in any case: only so is a slow one told from a dead one.
    stream: stage.wantsTokens || !offline,
    countTokens,
    price,
    run: {
      endpoint: offline ? "offline" : endpoint.baseURL,
      model: config.model,
      why: config.why,
      pricesAsOf: PRICES_AS_OF,
    },
    connect(recorder) {
      const wire = offline
        ? offlineWire({ countTokens, paceMs: stage.interactive ? READING_PACE : 0 })
        : liveWire({
            timeoutMs: config.timeoutMs,
            keyOrigin: endpoint.keyOrigin,
            onRetry: (info) => recorder.retried(info),
          });
      const { baseURL, apiKey } = offline ? OFFLINE : endpoint;
      const watched = recorder.watch(withSignal(wire, io.signal));
      return createModels({
        model: config.model,
        baseURL,
        apiKey,
        wire: watched,
        countTokens,
        price,
        fault: options.fault,
      });
    },
  };
}

const OFFLINE = { baseURL: "http://offline.invalid/v1", apiKey: "none" };

/** A wire whose requests end when the run is interrupted. */
function withSignal(wire: typeof fetch, signal: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = init?.signal ? [init.signal, signal] : [signal];
    return wire(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
