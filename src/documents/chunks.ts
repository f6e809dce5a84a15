import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { LabError } from "../errors.ts";
import { type ChunkSizes, cut } from "./cut.ts";
import type { Kind } from "./kinds.ts";
import type { Section } from "./section.ts";

/** A piece of a file, of the size that is embedded and found. */
export interface Chunk {
  /** its headings on a line of their own, then its text: this is what is embedded */
  text: string;
  heading: string;
  line?: number;
  page?: number;
}

const SEPARATORS = {
  markdown: RecursiveCharacterTextSplitter.getSeparatorsForLanguage("markdown"),
  text: ["\n\n", "\n", " ", ""],
};

/**
 * Cuts sections between paragraphs where that is possible, else between lines, else between words.
 */
export function chunksOf(kind: Kind, sections: readonly Section[], sizes: ChunkSizes): Chunk[] {
  const separators = kind === "markdown" ? SEPARATORS.markdown : SEPARATORS.text;
  return sections.flatMap(({ heading, text, line, page }) =>
    cut(text, separators, sizes).map(({ text: piece, breaks }) => ({
      text: heading === "" ? piece : `${heading}\n${piece}`,
      heading,
      line: line === undefined ? undefined : line + breaks,
      page,
    })),
  );
}

/** @throws LabError with exit code 2 for sizes that nothing can be cut by */
export function checkSizes({ size, overlap }: ChunkSizes): ChunkSizes {
  if (overlap < size) return { size, overlap };
  throw new LabError(
    `Chunks of ${size} characters cannot have ${overlap} in common with the next`,
    "Give an overlap that is smaller, for example --chunk-size 800 --chunk-overlap 100.",
    2,
  );
}
