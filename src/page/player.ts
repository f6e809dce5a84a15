import { curriculum } from "../../lessons/index.ts";
import { kitOpener, type Ports } from "../kits/all.ts";
import { loadSection } from "../lesson/load.ts";
import { parseParam } from "../lesson/params.ts";
import { play } from "../lesson/play.ts";
import { isTiny } from "../model/names.ts";
import { PRICES_AS_OF } from "../model/prices.ts";
import { loadEncoding, loadTokenizer, type Tokenizer } from "../model/tokens.ts";
import { connectOffline } from "../run/offline.ts";
import type { Stage } from "../stage/port.ts";
import type { Emit } from "../trace/events.ts";
import type { PlayOrder } from "./orders.ts";

const MODEL = "offline-tutor";

export interface PlayerOptions {
  emit: Emit;
  ask: Stage["ask"];
  signal: AbortSignal;
}

/**
 * Plays steps of a section on the offline endpoint, where there may be no Node: the same lesson,
 * the same player and the same endpoint as in the terminal.
 *
 * @throws Error where there is no such lesson, LabError where a param does not take what was typed
 */
export async function playSteps(
  { lesson: id, section, first, last, params, paceMs }: PlayOrder,
  { emit, ask, signal }: PlayerOptions,
): Promise<void> {
  const lesson = await curriculum.find((one) => one.id === id)?.load();
  if (!lesson) throw new Error(`there is no lesson ${id}`);
  const tokenizer = await loadTokenizer(MODEL);
  const { params: specs } = await loadSection(lesson, section);
  const values = Object.entries(params).map(([name, typed]) => [
    name,
    parseParam(specs, name, typed),
  ]);
  let place = 0;
  await play({
    lesson,
    sections: [section],
    start: first,
    settings: { [`${id}/${section}`]: Object.fromEntries(values) },
    emit: async (event) => {
      if (event.type === "step-start") place = event.place;
      await emit(event);
    },
    ask: async (question) => {
      if (question.kind !== "move") return ask(question);
      const isOver = question.at !== "before" && place >= last;
      return { value: isOver ? "quit" : question.fallback, by: "list" };
    },
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
