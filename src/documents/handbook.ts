import { Document } from "@langchain/core/documents";
import { chapters } from "../handbook/handbook.ts";
import { passagesIn, wholeText } from "../handbook/passages.ts";

/** What is kept with each passage of the handbook. */
interface HandbookFields {
  /** the chapter's file, and the passage's name in it */
  source: string;
  title: string;
  chapter: string;
  words: number;
}

/** The passages of the handbook that ships, as LangChain's documents. */
export function handbookPassages(): Document<HandbookFields>[] {
  return chapters().flatMap(({ file, markdown }) =>
    passagesIn(markdown).map((passage) => {
      const { id, title, chapter, text } = passage;
      const metadata = { source: `${file}#${id}`, title, chapter, words: text.split(/\s+/).length };
      return new Document({ id, pageContent: wholeText(passage), metadata });
    }),
  );
}

/** The passages as chunks of files are kept; the name of each is what `llm-lab help` takes. */
export function handbookChunks(): Document[] {
  return handbookPassages().map(({ id, pageContent, metadata: { chapter, title } }) => {
    const heading = `${chapter} › ${title}`;
    const metadata = { folder: "", file: `handbook: ${id}`, heading, chunk: id };
    return new Document({ pageContent, metadata });
  });
}

/** The chapters as they are written. */
export function handbookChapters(): { file: string; text: string }[] {
  return chapters().map(({ file, markdown }) => ({ file, text: markdown }));
}
