import { jsonOf } from "../clean.ts";
import type { EventOf, LabEvent } from "../trace/events.ts";
import { totalsOf } from "../trace/totals.ts";
import type { Stage } from "./port.ts";

/** The whole run as one JSON document, printed when it is over; nothing where nothing happened. */
export function jsonStage({ write }: { write(text: string): void | Promise<void> }): Stage {
  const events: LabEvent[] = [];
  return {
    interactive: false,
    // A reply that stops halfway is seen only where it is asked for piece by piece.
    wantsTokens: true,
    emit(event) {
      // The whole reply stands in `call-end`.
      if (event.type !== "call-token") events.push(event);
    },
    ask: async () => ({ value: null, by: "nobody" }),
    async close() {
      const document = documentOf(events);
      if (document) await write(`${jsonOf(document, 2)}\n`);
    },
  };
}

/** An answer as what was asked for; any other run as its events, with what they took. */
function documentOf(events: readonly LabEvent[]): object | undefined {
  const run = find(events, "run-start");
  if (!run) return undefined;
  if (run.kind === "ask") return find(events, "ask-end") && answerOf(events);
  const { type: _, ...facts } = run;
  return { ...facts, totals: totalsOf(events), events };
}

function answerOf(events: readonly LabEvent[]): object {
  const run = find(events, "run-start");
  const start = find(events, "ask-start");
  const end = find(events, "ask-end");
  const shown = find(events, "prompt-shown");
  const cited = new Set(end?.cited.map(({ number }) => number));
  const passages = find(events, "passages-found")?.passages ?? [];
  const nearest = (end?.nearest ?? []).map(({ passage, sentence }) => {
    const { number, file, line, page } = passage;
    return { number, file, line, page, sentence };
  });
  return {
    question: start?.question,
    answered: end?.answered,
    answer: end?.answer,
    sources: passages.map((passage) => ({ ...passage, cited: cited.has(passage.number) })),
    store: start?.store,
    endpoint: run?.endpoint,
    model: run?.model,
    embeddingModel: start?.embeddingModel,
    totals: end?.totals,
    notes: events.flatMap((event) => (event.type === "note-shown" ? [event.text] : [])),
    ...(nearest.length > 0 && { nearest }),
    ...(shown && { prompt: shown.messages }),
  };
}

function find<T extends LabEvent["type"]>(
  events: readonly LabEvent[],
  type: T,
): EventOf<T> | undefined {
  return events.find((event): event is EventOf<T> => event.type === type);
}
