// says: it stands on lines
import { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  return documents.flatMap(({ pageContent, metadata }) =>
    pageContent.split(/(?<=[.!?])\s+/).map((text) => {
      const before = pageContent.slice(0, pageContent.indexOf(text));
      const from = before.split("\n").length - 1;
      const lines = { from, to: from + text.split("\n").length - 1 };
      return new Document({
        pageContent: text,
        metadata: { ...metadata, loc: { lines } },
      });
    }),
  );
}
