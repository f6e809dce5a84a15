import type { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@langchain/textsplitters";

interface Given {
  documents: Document[];
  size: number;
}

export async function chunks({ documents, size }: Given): Promise<Document[]> {
  // A sentence that is cut begins in the overlap, if it is shorter than the overlap is. With
  // words as the smallest piece, the overlap falls short by less than a word. It is paid
  // twice, in the index and in prompts: that is the price of never finding half a rule.
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: size,
    chunkOverlap: Math.floor(size / 2),
    separators: [" ", ""],
  });
  return splitter.splitDocuments(documents);
}
