import { describeLeftOut, readTexts } from "../documents/texts.ts";
import { paragraphsOf } from "../tinylm/own-corpus.ts";

/** How much text is read at the most; a model this small is full long before. */
const MOST_BYTES = 64_000_000;

/** The learner's own text, for training a model on it. */
export interface OwnText {
  documents: string[];
  files: number;
  /** whether there was more than is read */
  isCut: boolean;
  /** which files were left out, in one sentence */
  leftOut?: string;
}

/** Reads a text file, or the files of a folder that the house's reader takes. */
export async function readOwnText(corpus: string, signal: AbortSignal): Promise<OwnText> {
  const read = await readTexts(corpus, { most: MOST_BYTES, anyEnding: true, signal });
  const { texts, isCut, leftOut } = read;
  const documents = paragraphsOf(texts.map(({ text }) => text));
  return { documents, files: texts.length, isCut, leftOut: describeLeftOut(leftOut) };
}
