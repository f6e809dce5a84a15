import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Check, Lab } from "../../src/workbook/check.ts";

interface Label {
  source: string;
  text: string;
}

interface Given {
  labels: Label[];
  /** what a label says later, by its place */
  change: { at: number; text: string };
  /** whether the job is killed in the middle: it takes a process of its own */
  isKilled: boolean;
}

export const check: Check<Given> = {
  models: {},
  milliseconds: 30_000,
  given: {
    labels: [
      { source: "room-1/ships", text: "Ships in a calm, oil on oak, 1652." },
      { source: "room-1/mill", text: "A mill by the river, oil on canvas." },
      { source: "room-2/cook", text: "The cook, who looks at nobody." },
      { source: "room-2/ice", text: "On the ice near Kampen, after 1620." },
    ],
    change: { at: 2, text: "The cook, by a pupil; bought in 1908." },
    isKilled: true,
  },
  draw: (draw) => ({
    labels: Array.from({ length: 3 }, (_, at) => ({
      source: `${draw.code()}/${at}`,
      text: `The ${draw.word()} of ${draw.name()}.`,
    })),
    change: { at: draw.integer(0, 2), text: `By ${draw.name()}, restored.` },
    isKilled: false,
  }),

  async judge(lab, { labels, change, isKilled }) {
    const folder = mkdtempSync(join(lab.folder, "museum-"));
    const ingest = (now: Label[]) =>
      lab.call("ingest", { folder, labels: now });
    const entries = async (when: string) =>
      entriesIn(lab, await lab.call("stored", { folder }), when);

    await ingest(labels);
    const first = await entries("After the first run");
    expectLabels(lab, first, labels, "After the first run");

    await lab.restart();
    let before = lab.wire.requests.length;
    await ingest(labels);
    const again = await entries("After the second run");
    expectLabels(lab, again, labels, "After the second run");
    const twice = textsSince(lab, before);
    lab.expect(
      twice.length === 0,
      `Nothing had changed, and the second run embedded ${twice.length} texts again.`,
    );
    expectSameIds(lab, first, again, labels);

    const changed = labels.map((one, at) =>
      at === change.at ? { ...one, text: change.text } : one,
    );
    if (isKilled) {
      before = lab.wire.requests.length;
      await lab.callInNewProcess(
        "ingest",
        { folder, labels: changed },
        { killAtRequest: 1 },
      );
      lab.expect(
        lab.wire.requests.length > before,
        "A label had changed, and the next run embedded nothing.",
      );
      const left = await entries("After a kill");
      const rest = labels.filter((_, at) => at !== change.at);
      for (const label of rest)
        lab.expect(
          left.some(({ source }) => source === label.source),
          `The job was killed while it embedded, and ${label.source}, which was indexed before, is gone.`,
        );
    }

    await lab.restart();
    before = lab.wire.requests.length;
    await ingest(changed);
    const embedded = textsSince(lab, before);
    lab.expect(
      embedded.includes(change.text),
      isKilled
        ? "The job was killed before the new text had a vector, and the next run did not embed it."
        : "A label had changed, and its new text was not embedded.",
    );
    lab.expect(
      embedded.length === 1,
      `One label had changed, and ${embedded.length} texts were embedded.`,
    );
    const last = await entries("After a label had changed");
    expectLabels(lab, last, changed, "After a label had changed");
    expectSameIds(
      lab,
      first,
      last,
      labels.filter((_, at) => at !== change.at),
    );
  },
};

interface Entry {
  id: unknown;
  source: unknown;
  text: unknown;
}

function entriesIn(lab: Lab, returned: unknown, when: string): Entry[] {
  lab.expect(Array.isArray(returned), `${when}, \`stored\` returned no list.`);
  return (returned as unknown[]).map((one) => {
    const { id, source, text, vector } = Object(one);
    lab.expect(
      (typeof id === "string" && id !== "") || typeof id === "number",
      `${when}, the entry of ${source} has the id ${JSON.stringify(id)}.`,
    );
    const isVector =
      Array.isArray(vector) &&
      vector.length > 1 &&
      vector.every((value) => typeof value === "number");
    lab.expect(isVector, `${when}, the entry of ${source} has no vector.`);
    return { id, source, text };
  });
}

/** Each label once, as it is now, and nothing else. */
function expectLabels(
  lab: Lab,
  entries: Entry[],
  labels: Label[],
  when: string,
): void {
  for (const { source, text } of labels) {
    const found = entries.filter((one) => one.source === source);
    lab.expect(
      found.length === 1,
      `${when}, the index holds ${found.length} entries of ${source}; expected 1.`,
    );
    lab.expect(
      found[0]?.text === text,
      `${when}, the index has ${JSON.stringify(found[0]?.text)} for ${source}; the label says ${JSON.stringify(text)}.`,
    );
  }
  lab.expect(
    entries.length === labels.length,
    `${when}, the index holds ${entries.length} entries for ${labels.length} labels.`,
  );
}

function expectSameIds(
  lab: Lab,
  before: Entry[],
  after: Entry[],
  labels: Label[],
): void {
  const ids = new Set(after.map(({ id }) => id));
  lab.expect(ids.size === after.length, "Two entries have the same id.");
  const idOf = (entries: Entry[], { source }: Label) =>
    entries.find((one) => one.source === source)?.id;
  for (const label of labels)
    lab.expect(
      idOf(before, label) === idOf(after, label),
      `${label.source} has not changed, and its id has: ${idOf(before, label)} became ${idOf(after, label)}.`,
    );
}

/** The texts that were sent to be embedded after a number of requests. */
function textsSince(lab: Lab, count: number): string[] {
  return lab.wire.requests
    .slice(count)
    .flatMap(({ body }) => [body.input].flat());
}
