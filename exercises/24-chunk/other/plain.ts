import type { Document } from "@langchain/core/documents";

interface Given {
  documents: Document[];
  size: number;
}

/** A chunk for each sentence: small, and each rule is found by itself. */
export async function chunks({ documents }: Given) {
  const found: object[] = [];
  for (const { pageContent, metadata } of documents) {
    let from = 1;
    for (const sentence of pageContent.split(/(?<=[.!?])(?=\s)/)) {
      const text = sentence.trimStart();
      from += sentence.slice(0, -text.length).split("\n").length - 1;
      const to = from + text.split("\n").length - 1;
      found.push({
        pageContent: text,
        metadata: { ...metadata, loc: { lines: { from, to } } },
      });
      from = to;
    }
  }
  return found;
}
