import { kitOpener, type Ports } from "../kits/all.ts";
import { play } from "../lesson/play.ts";
import type { Lesson } from "../lesson/types.ts";
import { loadTokenizer } from "../model/tokens.ts";
import { scriptedStage } from "../stage/scripted.ts";
import type { ParamValue, Totals } from "../trace/events.ts";
import { connectOffline } from "./offline.ts";
import type { Run } from "./open.ts";

export interface Planned {
  lesson: Lesson;
  sections: string[];
  settings: Record<string, Record<string, ParamValue>>;
  file?: string;
}

/**
 * Plays a lesson offline, unseen, to learn what it will take elsewhere.
 *
 * @returns calls and tokens, about those of the real run
 */
export async function estimate(run: Run, planned: Planned, ports: Ports): Promise<Totals> {
  const stage = scriptedStage({});
  const { count: countTokens } = await loadTokenizer(run.about.model);
  await play({
    ...planned,
    run: run.about,
    emit: (event) => stage.emit(event),
    ask: (question) => stage.ask(question),
    connect: async (emit) => connectOffline({ emit, countTokens }),
    openKit: kitOpener(ports, "estimate"),
    signal: run.signal,
  });
  const end = stage.events.find((event) => event.type === "lesson-end");
  return end?.totals ?? { calls: 0, tokens: { input: 0, output: 0 }, cost: null, ms: 0 };
}
