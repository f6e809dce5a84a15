import { expect, test } from "vitest";
import { chunksOf } from "./chunks.ts";
import { partsOf } from "./sections.ts";

const repeated = (part: string) => (length: number) => part.repeat(Math.ceil(length / part.length));

/** Texts of a length that trap readers which go back and forth in them. */
const TRAPS: Record<string, (length: number) => string> = {
  "a heading with spaces": (length) => `# a${" ".repeat(length)}b`,
  "a heading with signs": (length) => `# a ${"#".repeat(length)} b`,
  "a line of spaces": (length) => `a${" ".repeat(length)}b`,
  "opening brackets": repeated("["),
  "opening pictures": repeated("!["),
  "nested brackets": (length) => "[".repeat(length / 2) + "]".repeat(length / 2),
  "links that are never closed": repeated("[a](b"),
  "pictures in a row": repeated("![a](b) "),
  badges: repeated("[![a](b)](c)\n"),
  stars: repeated("*a **a "),
  ticks: repeated("`a``b"),
  quotations: repeated("> "),
  "list marks": repeated("- "),
  "open tags": repeated("<a "),
  "nested tags": repeated("<div>"),
  "nested lists": repeated("<ul><li>"),
  "tags that close nothing": (length) => "<b>".repeat(length / 8) + "</i>".repeat(length / 8),
  comments: repeated("<!-- "),
  definitions: repeated("[a]: b\n"),
  entities: repeated("&amp"),
  "one word": repeated("x"),
  "one line of words": repeated("word "),
  "empty lines": repeated("\n"),
  "a table's row": repeated("| a "),
  headings: repeated("# a\nb\n"),
  data: repeated("data:a/b;c=d,"),
  "front matter without an end": (length) => `---\n${"a: b\n".repeat(length / 5)}`,
};

const KINDS = ["markdown", "html", "text"] as const;

/** Milliseconds that this process takes for reading and cutting a text; others do not count. */
async function timeOf(kind: (typeof KINDS)[number], text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  const started = process.cpuUsage();
  const { sections } = await partsOf(kind, bytes).catch(() => ({ sections: [] }));
  chunksOf(kind, sections, { size: 800, overlap: 100 });
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

// A quadratic reader takes a hundred times as long for ten times the text; the old one took 9 s for 4,000 spaces.
const cases = KINDS.flatMap((kind) => Object.keys(TRAPS).map((name) => [kind, name] as const));
// A pause of the machine may spoil one measurement, a quadratic reader spoils all.
test.each(cases)(
  "%s: %s take time that grows with their length",
  { retry: 2 },
  async (kind, name) => {
    const make = TRAPS[name]!;
    const small = await timeOf(kind, make(20_000));
    const large = await timeOf(kind, make(200_000));
    expect(large).toBeLessThan(40 * Math.max(small, 10));
  },
);
