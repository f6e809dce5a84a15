import { expect, test } from "vitest";
import { eventsIn, readEvents } from "./server-events.ts";

const TEXT =
  ': a comment\r\nevent: chunk\r\nid: 7\r\ndata: {"a":1}\r\n\r\ndata:{"b":\ndata: 2}\n\n\uFEFF\ndata: [DONE]';

test("events are read as the standard says: comments, other fields, line ends, several lines", () => {
  expect(eventsIn(TEXT)).toEqual(['{"a":1}', '{"b":\n2}', "[DONE]"]);
});

test("wherever the text is cut, the events are the same", () => {
  for (let cut = 0; cut <= TEXT.length; cut++) {
    const seen: string[] = [];
    const reader = readEvents((data) => seen.push(data));
    reader.feed(TEXT.slice(0, cut));
    reader.feed(TEXT.slice(cut));
    reader.end();
    expect(seen).toEqual(eventsIn(TEXT));
  }
});
