import { Document } from "@langchain/core/documents";
import type { Check, Draw, Lab } from "../../src/workbook/check.ts";

interface Given {
  /** sentences by the file that they are in */
  files: Record<string, string[]>;
  size: number;
  /** characters after which a line ends */
  width: number;
}

export const check: Check<Given> = {
  given: {
    files: {
      "pumps.txt": [
        "Open the valve of pump 3 only when the pressure in the line is below 2 bar.",
        "Never run a pump dry, not even for the short time that a test of its motor takes.",
        "A pump that hums and does not turn is switched off at the wall, not at the panel.",
        "Write each repair into the red book, with your name and the hour at which it ended.",
      ],
      "acids.txt": [
        "Acid goes into the water, slowly and with the lid half closed, never the reverse.",
        "Wear the long gloves, and not the blue ones, which acid goes through in a minute.",
        "Rinse a burn for ten minutes before you do anything else, and call 4711 meanwhile.",
        "Keep lye and acid in two rooms, and carry neither of them through the other's door.",
      ],
    },
    size: 215,
    width: 56,
  },
  draw: (draw) => ({
    files: Object.fromEntries(
      ["halls.txt", "lifts.txt"].map((file) => [
        `${draw.word()}-${file}`,
        Array.from({ length: 4 }, () => ruleOf(draw)),
      ]),
    ),
    size: draw.integer(225, 260),
    width: draw.integer(44, 64),
  }),

  async judge(lab, { files, size, width }) {
    const documents = Object.entries(files).map(
      ([source, sentences]) =>
        new Document({
          pageContent: inLines(sentences, width),
          metadata: { source },
        }),
    );
    const returned = await lab.call("chunks", {
      documents: documents.map((one) => new Document({ ...one })),
      size,
    });
    const chunks = chunksIn(lab, returned);

    for (const [at, { text }] of chunks.entries())
      lab.expect(
        text.length <= size,
        `Chunk ${at + 1} has ${text.length} characters; \`size\` is ${size}.`,
      );
    for (const sentence of Object.values(files).flat())
      lab.expect(
        chunks.some(({ text }) => spaced(text).includes(sentence)),
        `No chunk has the whole of ${JSON.stringify(sentence)}`,
      );
    for (const [at, chunk] of chunks.entries())
      judgePlace(lab, `Chunk ${at + 1}`, chunk, documents);
    const [all, most] = [chunks, documents].map((list) =>
      list.reduce((sum, one) => sum + lengthOf(one), 0),
    ) as [number, number];
    lab.expect(
      all <= 3 * most,
      `The chunks have ${all} characters together, and the text has ${most}: they share too much.`,
    );
  },
};

interface Chunk {
  text: string;
  source: unknown;
  from: unknown;
  to: unknown;
}

function judgePlace(
  lab: Lab,
  name: string,
  { text, source, from, to }: Chunk,
  documents: Document[],
): void {
  const document = documents.find((one) => one.metadata.source === source);
  const begins = JSON.stringify(text.slice(0, 40));
  lab.expect(
    document?.pageContent.includes(text) === true,
    `${name} begins ${begins}; its source is ${JSON.stringify(source)}, and its text is not in that file as it is.`,
  );
  lab.expect(
    Number.isInteger(from) && Number.isInteger(to),
    `${name} has \`loc.lines\` from ${from} to ${to}.`,
  );
  const places = placesOf(text, document?.pageContent ?? "");
  const [first] = places;
  lab.expect(
    places.some(
      (one) => one.from.includes(Number(from)) && one.to.includes(Number(to)),
    ),
    `${name} begins ${begins} and says lines ${from} to ${to} of ${source}; it stands on lines ${first?.from.at(-1)} to ${first?.to.at(-1)}.`,
  );
}

/** The lines on which a text may be said to stand: space at its ends counts or not. */
function placesOf(text: string, file: string) {
  const lineAt = (at: number) => file.slice(0, at).split("\n").length;
  const [space, rest] = [
    text.length - text.trimStart().length,
    text.trimEnd().length,
  ];
  const places: { from: number[]; to: number[] }[] = [];
  for (let at = file.indexOf(text); at >= 0; at = file.indexOf(text, at + 1))
    places.push({
      from: [lineAt(at), lineAt(at + space)],
      to: [lineAt(at + text.length - 1), lineAt(at + rest - 1)],
    });
  return places;
}

function chunksIn(lab: Lab, returned: unknown): Chunk[] {
  lab.expect(
    Array.isArray(returned) && returned.length > 0,
    "Your function did not return a list of chunks.",
  );
  return (returned as unknown[]).map((one, at) => {
    const { pageContent, metadata } = Object(one);
    lab.expect(
      typeof pageContent === "string" && pageContent !== "",
      `Chunk ${at + 1} has no text in \`pageContent\`.`,
    );
    const { source, loc } = Object(metadata);
    const { from, to } = Object(Object(loc).lines);
    return { text: pageContent, source, from, to };
  });
}

const lengthOf = (one: Chunk | Document) =>
  ("text" in one ? one.text : one.pageContent).length;

/** A rule of 70 to 88 characters that no other is like. */
function ruleOf(draw: Draw): string {
  const words = [`Never ${draw.word()} the ${draw.word()}`];
  while (words.join(" ").length < 66) words.push(draw.word());
  return `${words.join(" ")} of ${draw.integer(2, 99)} bar.`;
}

/** Sentences as a file has them: two in a paragraph, with lines that end where they are full. */
function inLines(sentences: string[], width: number): string {
  const paragraphs = [sentences.slice(0, 3), sentences.slice(3)];
  return paragraphs
    .map((some) => {
      const lines = [""];
      for (const word of some.join(" ").split(" ")) {
        const last = lines.at(-1) ?? "";
        if (last === "") lines[lines.length - 1] = word;
        else if (last.length + word.length < width)
          lines[lines.length - 1] = `${last} ${word}`;
        else lines.push(word);
      }
      return lines.join("\n");
    })
    .join("\n\n");
}

const spaced = (text: string) => text.replace(/\s+/g, " ");
