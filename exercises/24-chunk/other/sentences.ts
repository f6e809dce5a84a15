import { Document } from "@langchain/core/documents";

interface Given {
  documents: Document[];
  size: number;
}

/** Cuts between sentences only, and nothing is there twice. */
export async function chunks({ documents, size }: Given) {
  return documents.flatMap(({ pageContent, metadata }) => {
    const lineAt = (index: number) =>
      pageContent.slice(0, index).split("\n").length;
    const parts: { from: number; to: number }[] = [];
    for (const found of pageContent.matchAll(/\S[\s\S]*?[.!?](?=\s|$)/g)) {
      const to = found.index + found[0].length;
      const last = parts.at(-1);
      if (last && to - last.from <= size) last.to = to;
      else parts.push({ from: found.index, to });
    }
    return parts.map(({ from, to }) => {
      const lines = { from: lineAt(from), to: lineAt(to) };
      return new Document({
        pageContent: pageContent.slice(from, to),
        metadata: { ...metadata, loc: { lines } },
      });
    });
  });
}
