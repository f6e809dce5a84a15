import { decode } from "./decode.ts";
import type { Kind } from "./kinds.ts";
import type { Section } from "./section.ts";
import { isOurFault, Unreadable } from "./unreadable.ts";

export interface FileParts {
  sections: Section[];
  /** what of the file has no text, in a few words; undefined where all of it has */
  missing?: string;
}

/**
 * The text of a file, cut where its headings or pages are.
 *
 * @throws Unreadable for a file that is not what its name says, or has no text
 */
export async function partsOf(kind: Kind, bytes: Uint8Array): Promise<FileParts> {
  if (bytes.length === 0) throw new Unreadable("empty");
  const { sections, missing } = await readAs(kind, bytes);
  const written = sections
    .map((section) => ({ ...section, text: withoutData(section.text) }))
    .filter(({ text }) => text.trim() !== "");
  if (written.length > 0) return { sections: written, missing };
  throw new Unreadable(kind === "pdf" ? "no text in it (a scan?)" : "no text in it");
}

/**
 * The whole text of a file: Markdown as it is written, PDF and HTML as what one reads.
 *
 * @throws Unreadable as for its parts
 */
export async function textOf(kind: Kind, bytes: Uint8Array): Promise<string> {
  if (bytes.length === 0) throw new Unreadable("empty");
  if (kind === "markdown" || kind === "text") {
    const text = withoutData(decode(bytes)).trim();
    if (text === "") throw new Unreadable("no text in it");
    return text;
  }
  const { sections } = await partsOf(kind, bytes);
  const parts = sections.map(({ heading, text }) => (heading ? `${heading}\n\n${text}` : text));
  return parts.join("\n\n").trim();
}

async function readAs(kind: Kind, bytes: Uint8Array): Promise<FileParts> {
  try {
    switch (kind) {
      case "pdf":
        return await (await import("./pdf.ts")).partsOfPdf(bytes);
      case "html": {
        const { charsetOf, sectionsOfHtml } = await import("./html.ts");
        return { sections: sectionsOfHtml(decode(bytes, charsetOf(bytes))) };
      }
      case "markdown": {
        const { sectionsOfMarkdown } = await import("./markdown.ts");
        return { sections: sectionsOfMarkdown(decode(bytes)) };
      }
      case "text":
        return { sections: [{ heading: "", text: decode(bytes), line: 1 }] };
    }
  } catch (error) {
    if (error instanceof Unreadable || isOurFault(error)) throw error;
    // A reader that fails on one file must not keep the others from being read.
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new Unreadable(`the reader of ${kind} failed: ${why}`, { cause: error });
  }
}

/** Pictures and fonts that are written into a text: nobody reads them. */
const DATA = /data:[\w.+-]+\/[\w.+-]+(?:;[\w.+-]+(?:=[\w.+-]*)?)*,[^\s"'<>()[\]]{40,}/g;

const withoutData = (text: string) => (text.includes("data:") ? text.replace(DATA, "") : text);
