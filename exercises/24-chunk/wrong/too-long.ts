// says: characters; `size` is
import type { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: 2 * size,
    chunkOverlap: size,
    separators: [" ", ""],
  });
  return splitter.splitDocuments(documents);
}
