import type { Stage } from "../stage/port.ts";
import type { LabEvent } from "../trace/events.ts";
import { Secrets, secretsIn } from "../trace/secrets.ts";
import type { Io } from "./io.ts";
import { ReportFile } from "./report-file.ts";

/** What shows events, and is told when the run is over. */
type Screen = Pick<Stage, "emit" | "close">;

interface Options {
  path: string;
  io: Io;
  /** keys of the run that stand in no variable */
  secrets?: readonly string[];
  /** how the whole of the run can be had, where the report has no room for it */
  whole: string;
}

/**
 * The same screen, and a report of all that it is given, which is written when it is closed: of an
 * interrupted run, of what was played so far.
 *
 * @throws LabError where the report could not be written
 */
export function reported(screen: Screen, { path, io, secrets = [], whole }: Options): Screen {
  const file = new ReportFile(path, "--report");
  const kept = new KeptEvents();
  return {
    emit(event) {
      kept.add(event);
      return screen.emit(event);
    },
    async close() {
      try {
        // Of a run that did not begin there is nothing to tell.
        if (kept.events.every(({ type }) => type === "run-start")) return;
        const hidden = masked(kept.events, [...secretsIn(io.environment), ...secrets]);
        const told = await file.write(hidden, io.now(), whole);
        if (io.signal.aborted) io.parting = io.parting ? `${io.parting}\n${told}` : told;
        else await screen.emit({ type: "note-shown", text: told });
      } finally {
        await screen.close();
      }
    },
  };
}

/** Events in which no key stands: none of those that are known, and none that looks like one. */
export function masked(events: readonly LabEvent[], known: readonly string[]): LabEvent[] {
  const secrets = new Secrets();
  for (const secret of known) secrets.add(secret);
  return events.map((event) => secrets.hideAll(event));
}

/** Characters of events that are kept whole; a program under xray may run for days. */
const MOST_KEPT = 64 * 1024 * 1024;

/** The events of a run; of a very long one, without the texts of its end. */
class KeptEvents {
  readonly events: LabEvent[] = [];
  #size = 0;

  add(event: LabEvent): void {
    const last = this.events.at(-1);
    this.#size += JSON.stringify(event).length;
    if (this.#size > MOST_KEPT) this.events.push(...withoutTexts(event));
    else if (event.type === "call-token" && last?.type === "call-token" && last.call === event.call)
      last.text += event.text;
    else this.events.push({ ...event });
  }
}

/** What totals and the time line are made of. */
function withoutTexts(event: LabEvent): LabEvent[] {
  if (event.type === "call-token" || event.type === "work-step") return [];
  if (event.type === "call-start") return [{ ...event, messages: [], offered: [] }];
  if (event.type === "call-end") return [{ ...event, text: "(not kept: the run was too long)" }];
  return [event];
}
