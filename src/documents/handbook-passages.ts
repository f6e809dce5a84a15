import { Document } from "@langchain/core/documents";
import { chapters } from "../handbook/handbook.ts";
import { passagesIn, wholeText } from "../handbook/passages.ts";

/** The handbook that ships as LangChain's documents, one for each passage. */
export function passages(): Document[] {
  return chapters().flatMap(documentsOf);
}

/** Its chapters as they are written, one document each. */
export function chapterTexts(): Document[] {
  return chapters().map(
    ({ file, markdown }) => new Document({ pageContent: markdown, metadata: { source: file } }),
  );
}

function documentsOf({ file, markdown }: { file: string; markdown: string }): Document[] {
  return passagesIn(markdown).map((passage) => {
    const { id, title, chapter, text } = passage;
    const words = text.split(/\s+/).length;
    return new Document({
      id,
      pageContent: wholeText(passage),
      metadata: { source: `${file}#${id}`, title, chapter, words },
    });
  });
}
