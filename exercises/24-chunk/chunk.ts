// Exercise 24: chunk
//
// A factory puts its safety rules into a search. Each rule is a sentence, and half a rule is
// worse than none: "Open the valve" was found, and "only when the pressure is below 2 bar" was
// in the next chunk. An inspector must also find the file and the lines.
//
// Return chunks of at most `size` characters, as they stand in the file, in which each sentence
// is whole at least once. Each keeps in its metadata `source` and the lines where it stands,
// from 1, as `loc.lines.from` and `loc.lines.to`. All chunks together: at most three times the
// text. A sentence is shorter than half of `size`, and may go on over a line's end.
import type { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  /** each with the file's text and `metadata.source`, such as "pumps.txt" */
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: size,
    chunkOverlap: 0,
  });
  const texts = documents.map(({ pageContent }) => pageContent);
  return splitter.createDocuments(texts);
}
