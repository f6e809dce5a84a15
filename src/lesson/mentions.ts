/**
 * Whether a text says a name, as whole words and in whatever case: "Al" is not found in "also".
 *
 * A name of one letter is found only where a name is told or greeted: "a" and "I" are words too.
 */
export function mentions(text: string, name: string): boolean {
  const wanted = wordsOf(name);
  if (wanted === " ") return text.includes(name);
  const places = wordsOf(text).split(wanted);
  if ([...wanted.trim()].length > 1) return places.length > 1;
  return places.slice(0, -1).some((before) => TOLD.test(before));
}

/** What stands before a name that is told or greeted, as its last word. */
const TOLD = / (?:name {2}is|called|named|hello|hi) $/;

/** The words of a text in lower case, with a space on either side of each. */
function wordsOf(text: string): string {
  const words =
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return ` ${words.join("  ")} `.replace(/^ {2}$/, " ");
}
