import { join } from "node:path";
import { dataFolder, loadConfig, storeSettings, terminalFacts } from "../config.ts";
import { LabError } from "../errors.ts";
import type { Ports } from "../kits/all.ts";
import type { Models } from "../lesson/types.ts";
import { createModels, isTiny } from "../model/factory.ts";
import { PRICES_AS_OF, priceOf, readPrices } from "../model/prices.ts";
import { loadTokenizer } from "../model/tokens.ts";
import { pickStage } from "../stage/pick.ts";
import type { Stage } from "../stage/port.ts";
import type { Recorder } from "../trace/recorder.ts";
import { STORE_VARIABLES } from "../vector/engines.ts";
import type { CommonOptions, Io } from "./io.ts";
import { openSource } from "./source.ts";

/** All that playing needs from outside the lesson: a stage to show it on, and models to talk to. */
export interface OpenRun {
  stage: Stage;
  connect(recorder: Recorder): Models;
  run: { endpoint: string; model: string; why: string; pricesAsOf: string };
  countTokens(text: string): number;
  price(input: number, output: number): number | null;
  /** whether a run at this endpoint is paid for */
  costsMoney: boolean;
  embedding: {
    /** undefined where nothing says which model of an endpoint makes vectors */
    model: string | undefined;
    price(tokens: number): number | null;
    costsMoney: boolean;
  };
  /** US dollars after which nothing more is sent */
  budget: number;
  /** whether replies are asked for token by token */
  stream: boolean;
  signal: AbortSignal;
  /** what kits may ask of the run */
  ports: Ports;
  /** Leaves the terminal, and what was recorded, in order. */
  close(): Promise<void>;
}

/** Milliseconds between the pieces of an offline reply, where a person watches it come. */
const READING_PACE = 15;

/** Reads the settings, and opens the stage and the way to the models that they ask for. */
export async function openRun(options: CommonOptions, io: Io): Promise<OpenRun> {
  const config = loadConfig({ flags: options });
  const source = openSource(options, config);
  const { model, baseModel, embeddingModel, endpoint, why, baseURL, apiKey } = source;
  const { count: countTokens, split: splitTokens } = await loadTokenizer(model);
  const stage = await pickStage({
    format: options.format ?? "auto",
    answers: options.answers,
    unfolded: options.full ?? false,
    facts: terminalFacts(),
    stdin: io.stdin,
    stdout: io.stdout,
    interrupt: io.interrupt,
  });
  const own = options.prices === undefined ? undefined : readPrices(options.prices);
  const price = (input: number, output: number, of = model) =>
    isTiny(of) ? null : priceOf(model, input, output, own);
  const embeddingPrice = (tokens: number) =>
    embeddingModel === undefined ? null : priceOf(embeddingModel, tokens, 0, own);
  const budget = budgetIn(options.budget, price(1, 1) !== null || embeddingPrice(1) !== null);
  return {
    stage,
    signal: io.signal,
    costsMoney: price(1, 1) !== null && source.isFarAway,
    embedding: {
      model: embeddingModel,
      price: embeddingPrice,
      costsMoney: embeddingPrice(1) !== null && source.isFarAway,
    },
    budget,
    stream: stage.wantsTokens || source.mustStream,
    countTokens,
    price,
    run: { endpoint, model, why, pricesAsOf: PRICES_AS_OF },
    ports: {
      bases: () => ({ baseModels: source.baseModels }),
      checkup: () => ({
        examine: async () => (await import("../commands/doctor.ts")).doctorTable(options, io),
      }),
      tokenizers: () => ({ model, isTiny, splitTokens }),
      training: () => ({
        signal: io.signal,
        keptAt: join(dataFolder(), "lesson-training.ckpt"),
        part(sentence) {
          io.parting = sentence;
        },
      }),
      vectors: () => ({
        store: options.store,
        settings: storeSettings(STORE_VARIABLES),
        model: embeddingModel ?? model,
        signal: io.signal,
        program: io.program,
      }),
    },
    close: async () => {
      await stage.close();
      source.close();
    },
    connect(recorder) {
      const paceMs = stage.interactive ? READING_PACE : 0;
      const wire = source.wire({ recorder, countTokens, paceMs, timed: stage.interactive });
      const watched = recorder.watch(withBudget(withSignal(wire, io.signal), recorder, budget));
      const { fault } = options;
      return createModels({
        model,
        baseModel,
        embeddingModel,
        baseURL,
        apiKey,
        wire: watched,
        countTokens,
        price,
        fault,
      });
    },
  };
}

function budgetIn(typed: string | undefined, hasPrice: boolean): number {
  if (typed === undefined) return Number.POSITIVE_INFINITY;
  const budget = Number(typed);
  if (!(typed.trim() !== "" && budget >= 0)) {
    throw new LabError(
      `"${typed}" is no sum of dollars`,
      "Give a number, for example --budget 0.05.",
      2,
    );
  }
  if (!hasPrice) {
    throw new LabError(
      "No price is known for the model, so no budget can be kept",
      "Give prices of your own with --prices.",
      2,
    );
  }
  return budget;
}

/** A wire that sends nothing more when the budget is spent. */
function withBudget(wire: typeof fetch, recorder: Recorder, budget: number): typeof fetch {
  return async (input, init) => {
    if (recorder.spent < budget) return wire(input, init);
    const spent = recorder.spent.toFixed(6);
    throw new LabError(
      `The budget of $${budget} is spent: about $${spent} so far`,
      "Run it again with a larger --budget.",
    );
  };
}

/** A wire whose requests end when the run is interrupted. */
function withSignal(wire: typeof fetch, signal: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = init?.signal ? [init.signal, signal] : [signal];
    return wire(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
