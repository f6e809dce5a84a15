/**
 * A unigram tokenizer: text to the ids of pieces, as SentencePiece cuts it.
 *
 * Each piece has a score, the logarithm of how often it stood in the texts that the vocabulary was
 * made from. Of all ways to cut a text into pieces, the one whose scores add up to most is taken.
 * Source: Kudo, "Subword Regularization", 2018. (The tiny LM's tokenizer joins pairs of bytes
 * instead: src/tinylm/tokenizer.ts.)
 */
export class Tokenizer {
  readonly #pieces = new Map<string, Piece>();
  readonly #longest: number = 0;

  /** @param vocabulary a piece a line, a tab, its score; the first six are no pieces of text */
  constructor(vocabulary: string) {
    for (const [id, line] of vocabulary.split("\n").entries()) {
      if (id < RESERVED) continue;
      const tab = line.lastIndexOf("\t");
      this.#pieces.set(line.slice(0, tab), { id, score: Number(line.slice(tab + 1)) });
      this.#longest = Math.max(this.#longest, tab);
    }
  }

  /** Ids of a text's pieces; a run of symbols that no piece covers is one UNKNOWN. */
  encode(text: string): number[] {
    return this.cut(text).map(({ id }) => id);
  }

  /** The pieces of a text as they stand in it; "▁" marks where a word begins. */
  cut(text: string): { id: number; text: string }[] {
    const normal = text.normalize("NFKC");
    if (normal === "") return [];
    // Symbols are whole characters: an emoji of two code units is one.
    const symbols = [...`▁${normal.replaceAll(" ", "▁")}`];
    const best = this.#bestEnds(symbols);
    const cut: { id: number; text: string }[] = [];
    for (let end = symbols.length; end > 0; ) {
      const { id, length } = best[end] as Step;
      const piece = symbols.slice(end - length, end).join("");
      const last = cut.at(-1);
      if (id === UNKNOWN && last?.id === UNKNOWN) last.text = piece + last.text;
      else cut.push({ id, text: piece });
      end -= length;
    }
    return cut.reverse();
  }

  /**
   * For each place in the text: the piece with which the best way to cut up to there ends. Of two
   * that are equally good the later offer is taken, as the original does.
   */
  #bestEnds(symbols: readonly string[]): Step[] {
    const nowhere: Step = { id: UNKNOWN, length: 1, sum: 0 };
    const best = Array.from({ length: symbols.length + 1 }, () => nowhere);
    const offer = (from: number, length: number, id: number, score: number) => {
      const sum = (best[from] as Step).sum + score;
      const known = best[from + length] as Step;
      if (known.sum === 0 || sum >= known.sum) best[from + length] = { id, length, sum };
    };
    for (let from = 0; from < symbols.length; from++) {
      let text = "";
      let isCovered = false;
      for (let end = from; end < symbols.length; end++) {
        text += symbols[end];
        if (text.length > this.#longest) break;
        const piece = this.#pieces.get(text);
        if (piece === undefined) continue;
        isCovered = true;
        offer(from, end + 1 - from, piece.id, piece.score);
      }
      if (!isCovered) offer(from, 1, UNKNOWN, 0);
    }
    return best;
  }
}

interface Piece {
  id: number;
  /** a logarithm, below 0 but for a few pieces that the vocabulary prefers; 0 where it has none */
  score: number;
}

interface Step {
  id: number;
  length: number;
  /** of the scores up to here; 0 where no piece ends */
  sum: number;
}

/** The id of what no piece covers. */
const UNKNOWN = 0;
const RESERVED = 6;
