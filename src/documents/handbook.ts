import { Document } from "@langchain/core/documents";
import { handbook } from "../handbook/handbook.ts";
import { wholeText } from "../handbook/passages.ts";

/** The passages of the handbook, as chunks of documents; the name of each is what `llm-lab help` takes. */
export function handbookDocuments(): Document[] {
  return handbook().map((passage) => {
    const { id, title, chapter } = passage;
    const metadata = { folder: "", file: `handbook: ${id}`, heading: `${chapter} › ${title}` };
    return new Document({ pageContent: wholeText(passage), metadata });
  });
}
