import { type Config, ForeignAddress, loadConfig, terminalFacts } from "../config.ts";
import { LabError } from "../errors.ts";
import type { Models } from "../lesson/types.ts";
import { isTiny } from "../model/names.ts";
import { PRICES_AS_OF, priceOf, readPrices } from "../model/prices.ts";
import { dayOf, shutdownOf, warningOf } from "../model/shutdowns.ts";
import type { Tokenizer } from "../model/tokens.ts";
import { pickStage } from "../stage/pick.ts";
import type { Stage } from "../stage/port.ts";
import type { Emit, LabEvent } from "../trace/events.ts";
import type { Recorder } from "../trace/recorder.ts";
import type { RunOptions } from "./flags.ts";
import type { Io } from "./io.ts";
import { Ledger } from "./ledger.ts";
import { reported } from "./reported.ts";
import { openSource } from "./source.ts";

/**
 * A run that has begun: a stage to show it on, and the way to its models, which is not loaded yet.
 */
export interface Run {
  stage: Stage;
  signal: AbortSignal;
  /** all events so far */
  events: readonly LabEvent[];
  /** Shows an event, and keeps it; after an interruption nothing more is shown. */
  emit: Emit;
  /** what the first line says */
  about: { endpoint: string; model: string; why: string; pricesAsOf: string };
  /** models that only continue text: the tiny one, and a real one where it is named */
  baseModels: string[];
  /** US dollars of a call, null where no price is known */
  price(input: number, output: number, model?: string, cached?: number): number | null;
  /** whether chat calls are paid for */
  costsMoney: boolean;
  embedding: Embedding;
  ledger: Ledger;
  /**
   * Loads LangChain and makes the one recorder and the models of the run; later calls give the
   * same.
   */
  connect(emit?: Emit): Promise<Connection>;
  /** Leaves the terminal, and what was recorded, in order. */
  close(): Promise<void>;
}

interface Embedding {
  /** undefined where nothing says which model of an endpoint makes vectors */
  model: string | undefined;
  /** US dollars, null where no price is known */
  price(tokens: number): number | null;
  costsMoney: boolean;
}

/** What talks to models: everything sent through it is recorded, and its cost is on the ledger. */
export interface Connection {
  recorder: Recorder;
  models: Models;
  tokenizer: Tokenizer;
}

/**
 * Reads the settings, and opens the stage that they ask for, where none is given.
 *
 * @param ledger where runs share a budget, what they have spent
 */
export async function openRun(
  options: RunOptions,
  io: Io,
  given?: Stage,
  ledger = new Ledger(options.budget),
): Promise<Run> {
  const { config, early } = await readSettings(options, io);
  const source = openSource(options, config);
  const { endpoint, model, embeddingModel, baseModels, why } = source;
  const own = options.prices === undefined ? undefined : readPrices(options.prices);
  const price = (input: number, output: number, of = model, cached = 0) =>
    isTiny(of) ? null : priceOf(of, input, output, own, cached);
  const embedding: Embedding = {
    model: embeddingModel,
    price: (tokens) => (embeddingModel === undefined ? null : price(tokens, 0, embeddingModel)),
    costsMoney: embeddingModel !== undefined && isPaid(price(1, 1, embeddingModel)),
  };
  function isPaid(dollars: number | null) {
    return dollars !== null && source.isFarAway;
  }
  if (options.budget !== undefined && price(1, 1) === null && embedding.price(1) === null)
    throw noPrice();
  const shown = given ?? early ?? (await openStage(options, io));
  const stage = withReport(shown, options.report, io, [source.apiKey]);
  const events: LabEvent[] = [];
  const emit: Emit = async (event) => {
    if (io.signal.aborted) return;
    events.push(event);
    await stage.emit(event);
  };
  let connection: Promise<Connection> | undefined;
  return {
    stage,
    signal: io.signal,
    events,
    emit,
    about: {
      endpoint,
      model,
      why: withWarnings(why, source.hosted, io.now()),
      pricesAsOf: PRICES_AS_OF,
    },
    baseModels,
    price,
    costsMoney: isPaid(price(1, 1)),
    embedding,
    ledger,
    connect(to = emit) {
      connection ??= import("./connect.ts").then(({ connect }) =>
        connect({
          source,
          stage,
          emit: to,
          ledger,
          price,
          signal: io.signal,
          fault: options.fault,
        }),
      );
      return connection;
    },
    close: async () => {
      const kept = source.close(io.signal.aborted);
      if (kept !== undefined && io.signal.aborted) io.parting = kept;
      else if (kept !== undefined) await emit({ type: "note-shown", text: kept });
      await stage.close();
    },
  };
}

/**
 * Reads the settings; where the folder's `.env` would draw the learner's own key to its address,
 * asks first, on a stage that is opened early.
 */
async function readSettings(
  options: RunOptions,
  io: Io,
): Promise<{ config: Config; early?: Stage }> {
  // A replay sends nothing.
  const isKeyAgreed = options.replay !== undefined;
  try {
    return { config: loadConfig({ flags: options, isKeyAgreed }) };
  } catch (error) {
    if (!(error instanceof ForeignAddress)) throw error;
    const early = await openStage(options, io);
    const { question } = error;
    const choices = ["no", "yes"];
    const answer = early.interactive
      ? await early.ask({ kind: "choice", question, choices, fallback: null })
      : undefined;
    if (answer?.value === "yes" && answer.by === "learner")
      return { config: loadConfig({ flags: options, isKeyAgreed: true }), early };
    await early.close();
    throw error;
  }
}

/** Why this model, and that one of the models is shut down soon or already. */
function withWarnings(why: string, hosted: readonly string[], now: Date): string {
  const warnings = hosted.flatMap((model) => warningOf(shutdownOf(model, dayOf(now))) ?? []);
  return [why, ...warnings].join(". ");
}

/** The stage that the options ask for, of a run that may talk to no model at all. */
export function openStage(
  options: Pick<RunOptions, "format" | "answers" | "full">,
  io: Io,
): Promise<Stage> {
  return pickStage({
    format: options.format ?? "auto",
    answers: options.answers,
    unfolded: options.full ?? false,
    facts: terminalFacts(),
    stdin: io.stdin,
    stdout: io.stdout,
    interrupt: io.interrupt,
  });
}

/** The same stage, with a report of what it is shown where one is asked for. */
export function withReport(
  stage: Stage,
  path: string | undefined,
  io: Io,
  secrets: readonly string[] = [],
): Stage {
  if (path === undefined) return stage;
  const { interactive, wantsTokens } = stage;
  const ask = stage.ask.bind(stage);
  const whole = "--format jsonl prints the whole run, an event a line.";
  return { interactive, wantsTokens, ask, ...reported(stage, { path, io, secrets, whole }) };
}

function noPrice(): LabError {
  return new LabError(
    "No price is known for the model, so no budget can be kept",
    "Give prices of your own with --prices.",
    2,
  );
}
