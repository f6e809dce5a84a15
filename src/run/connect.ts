import { createModels } from "../model/factory.ts";
import type { Fault } from "../model/fault.ts";
import { loadTokenizer } from "../model/tokens.ts";
import type { Stage } from "../stage/port.ts";
import type { Emit } from "../trace/events.ts";
import { Recorder } from "../trace/recorder.ts";
import { parseBody } from "../trace/wire.ts";
import type { Ledger } from "./ledger.ts";
import type { Connection, Run } from "./open.ts";
import type { Source } from "./source.ts";

interface Options {
  source: Source;
  stage: Stage;
  emit: Emit;
  ledger: Ledger;
  price: Run["price"];
  signal: AbortSignal;
  fault?: Fault;
}

/** Milliseconds between the pieces of an offline reply, where a person watches it come. */
const READING_PACE = 15;

/**
 * Makes the recorder of a run and its models, whose every request passes the recorder and the
 * ledger.
 */
export async function connect(options: Options): Promise<Connection> {
  const { source, stage, emit, ledger, price, signal, fault } = options;
  const { model, baseModel, embeddingModel, baseURL, apiKey } = source;
  const tokenizer = await loadTokenizer(model);
  const countTokens = tokenizer.count;
  const recorder = new Recorder({
    emit,
    price,
    countTokens,
    charge: (dollars) => ledger.charge(dollars),
    stream: stage.wantsTokens || source.mustStream,
    now: () => performance.now(),
  });
  const paceMs = stage.interactive ? READING_PACE : 0;
  const wire = await source.wire({ recorder, countTokens, paceMs, timed: stage.interactive });
  const kept = withLedger(withSignal(wire, signal), { ledger, price, countTokens });
  const models = createModels({
    model,
    baseModel,
    embeddingModel,
    baseURL,
    apiKey,
    wire: recorder.watch(kept),
    countTokens,
    price,
    fault,
  });
  return { recorder, models, tokenizer };
}

/** A wire that sends no request whose input the budget does not cover. */
function withLedger(
  wire: typeof fetch,
  {
    ledger,
    price,
    countTokens,
  }: Pick<Options, "ledger" | "price"> & {
    countTokens(text: string): number;
  },
): typeof fetch {
  return async (input, init) => {
    // Counting tokens takes time, so it is left out where no budget is to be kept.
    if (Number.isFinite(ledger.budget)) {
      const body = parseBody(init?.body);
      const texts =
        body?.kind === "embedding" ? body.texts : (body?.messages.map((one) => one.content) ?? []);
      const tokens = texts.reduce((sum, text) => sum + countTokens(text), 0);
      ledger.allow(body ? price(tokens, 0, body.model) : null);
    }
    return wire(input, init);
  };
}

/** A wire whose requests end when the run is interrupted. */
function withSignal(wire: typeof fetch, signal: AbortSignal): typeof fetch {
  return (input, init) => {
    const signals = init?.signal ? [init.signal, signal] : [signal];
    return wire(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
