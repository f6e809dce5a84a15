import { kitOpener } from "../kits/all.ts";
import { play } from "../lesson/play.ts";
import type { Lesson } from "../lesson/types.ts";
import { createModels } from "../model/factory.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import { offlineWire } from "../offline/app.ts";
import type { Stage } from "../stage/port.ts";
import { scriptedStage } from "../stage/scripted.ts";
import type { ParamValue, Totals } from "../trace/events.ts";
import { agreeTo } from "./consent.ts";
import type { OpenRun } from "./open.ts";

interface Planned {
  lesson: Lesson;
  sections: string[];
  settings: Record<string, Record<string, ParamValue>>;
  file?: string;
}

/**
 * Says what a run that costs money will take, and asks whether to go on. True where it costs nothing, or the
 * learner agrees.
 *
 * @throws LabError with exit code 2 where nobody can be asked and `--yes` was not given
 */
export async function agreeToCost(
  run: OpenRun,
  planned: Planned,
  isAgreed: boolean,
): Promise<boolean> {
  if (!run.costsMoney || isAgreed) return true;
  const { calls, tokens } = await estimate(run, planned);
  const dollars = run.price(tokens.input, tokens.output) ?? 0;
  const figure = (value: number) => value.toLocaleString("en-US");
  const what = `${run.run.model} will get about ${figure(calls)} calls with ${figure(tokens.input)} tokens, and answer with about ${figure(tokens.output)}: about $${dollars.toFixed(4)} at prices of ${PRICES_AS_OF}`;
  return agreeTo(run.stage, what);
}

/** What the same run takes offline, which is about what it takes elsewhere. */
async function estimate(run: OpenRun, planned: Planned): Promise<Totals> {
  const stage: Stage & { events: { type: string; totals?: Totals }[] } = scriptedStage({});
  const { countTokens, ports } = run;
  const wire = offlineWire({ countTokens, ownCheckpoints: true });
  const price = () => null;
  await play({
    ...planned,
    stage,
    connect: (recorder) =>
      createModels({
        model: "offline-tutor",
        baseModel: "tiny-base",
        embeddingModel: "offline-embedding",
        baseURL: "http://offline.invalid/v1",
        apiKey: "none",
        wire: recorder.watch(wire),
        countTokens,
        price,
      }),
    run: run.run,
    countTokens,
    price,
    stream: false,
    openKit: kitOpener(ports, "estimate"),
    signal: run.signal,
  });
  return (
    stage.events.find(({ type }) => type === "lesson-end")?.totals ?? {
      calls: 0,
      tokens: { input: 0, output: 0 },
      cost: null,
      ms: 0,
    }
  );
}
