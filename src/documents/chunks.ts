import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { LabError } from "../errors.ts";
import type { Kind } from "./kinds.ts";
import type { Section } from "./sections.ts";

/** A piece of a file, of the size that is embedded and found. */
export interface Chunk {
  /** its headings on a line of their own, then its text: this is what is embedded */
  text: string;
  heading: string;
  line?: number;
  page?: number;
}

export interface ChunkSizes {
  /** characters of a chunk, at most */
  size: number;
  /** characters that the end of one and the beginning of the next have in common, at most */
  overlap: number;
}

/** Cuts sections with LangChain's splitter: between paragraphs if it can, else between lines, else between words. */
export async function chunksOf(
  kind: Kind,
  sections: readonly Section[],
  { size, overlap }: ChunkSizes,
): Promise<Chunk[]> {
  const sizes = { chunkSize: size, chunkOverlap: overlap };
  const splitter =
    kind === "markdown"
      ? RecursiveCharacterTextSplitter.fromLanguage("markdown", sizes)
      : new RecursiveCharacterTextSplitter(sizes);
  const chunks: Chunk[] = [];
  for (const { heading, text, line, page } of sections) {
    for (const { pageContent, metadata } of await splitter.createDocuments([text])) {
      if (pageContent.trim() === "") continue;
      // A cut may go through a character that takes two places, which no endpoint would take in halves.
      const whole = pageContent.replace(/\p{Surrogate}/gu, "\u{FFFD}");
      chunks.push({
        text: heading === "" ? whole : `${heading}\n${whole}`,
        heading,
        line: line === undefined ? undefined : line + metadata.loc.lines.from - 1,
        page,
      });
    }
  }
  return chunks;
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
