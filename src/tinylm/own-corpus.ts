/** Longer paragraphs are cut: what is worked on at once stays small. */
const LONGEST = 8000;

/** The paragraphs of texts, in the order of the texts: what your own model is trained on. */
export function paragraphsOf(texts: readonly string[]): string[] {
  const paragraphs: string[] = [];
  for (const text of texts) {
    for (const paragraph of text.split(/\n\s*\n/)) {
      const trimmed = paragraph.trim();
      for (let at = 0; at < trimmed.length; at += LONGEST)
        paragraphs.push(trimmed.slice(at, at + LONGEST));
    }
  }
  return paragraphs;
}
