// says: has `loc.lines` from undefined
import { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  return documents.flatMap(({ pageContent, metadata }) =>
    pageContent
      .split(/(?<=[.!?])\s+/)
      .map((text) => new Document({ pageContent: text, metadata })),
  );
}
