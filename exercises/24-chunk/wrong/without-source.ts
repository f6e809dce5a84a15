// says: its source is undefined
import type { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: size,
    chunkOverlap: Math.floor(size / 2),
    separators: [" ", ""],
  });
  return splitter.createDocuments(
    documents.map(({ pageContent }) => pageContent),
  );
}
