import { createParser } from "eventsource-parser";

interface Listener {
  /** @param name what the event calls itself: "error", "ping" */
  onData(data: string, name?: string): void;
  /** a line that stands outside every event: `error: …`, JSON, or plain words */
  onStray?(field: string, line: string): void;
}

/** Reads server-sent events out of a text that comes in pieces; `onData` gets each event's data. */
export function readEvents(listener: Listener | Listener["onData"]) {
  const { onData, onStray } =
    typeof listener === "function" ? { onData: listener, onStray: undefined } : listener;
  const parser = createParser({
    onEvent: ({ data, event }) => onData(data, event),
    onError: ({ field, line }) => onStray?.(field ?? "", line ?? ""),
  });
  return {
    feed: (text: string) => parser.feed(text),
    // A server may leave out the empty line that ends the last event.
    end: () => parser.feed("\n\n"),
  };
}

/** The data of all events in a text. */
export function eventsIn(text: string): string[] {
  const all: string[] = [];
  const reader = readEvents((data) => all.push(data));
  reader.feed(text);
  reader.end();
  return all;
}

/** Whether a text begins as a stream of events does. */
export const beginsEvents = (text: string) => /^(?::|(?:data|event|id|retry|error)\s*:)/.test(text);
