import { createParser } from "eventsource-parser";

/** Reads server-sent events out of a text that comes in pieces; `onData` gets each event's data. */
export function readEvents(onData: (data: string) => void) {
  const parser = createParser({ onEvent: ({ data }) => onData(data) });
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
