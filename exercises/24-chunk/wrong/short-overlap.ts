// says: No chunk has the whole of
import type { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: size,
    chunkOverlap: 20,
  });
  return splitter.splitDocuments(documents);
}
