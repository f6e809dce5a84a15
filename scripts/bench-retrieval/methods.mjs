import MiniSearch from "minisearch";

const LOOKED_AT = 50;

/**
 * Ways to rank chunks for a question, by name. Each is given the chunks and their vectors once, and
 * then gives the places of the first chunks for a question, the best first.
 */
export function methods({
  SHAPE,
  Keywords,
  hashOf,
  isStopword,
  stemOf,
  wordsOf,
  questionVector,
  retrieve,
  searchedText,
}) {
  // Stemmed and without stop words, which makes BM25 stronger than its default.
  const stemmed = (term) =>
    wordsOf(term).some(isStopword) ? null : wordsOf(term).map(stemOf).join(" ");
  const bm25 = byMiniSearch(["text"], stemmed, {});
  const joined = byVectors((vector) => vector);
  return {
    lexicon: byVectors((vector) => vector.subarray(SHAPE.vector)),
    BM25: bm25,
    "BM25, headings and names": byMiniSearch(["text", "heading", "file"], stemmed, {}),
    "our keywords": ({ chunks }) => {
      const texts = chunks.map((chunk) => searchedText(chunk.text, chunk));
      return (question) => {
        const keywords = new Keywords(question);
        for (const text of texts) keywords.add(text);
        return best(keywords.shares());
      };
    },
    encoder: byVectors((vector) => vector.subarray(0, SHAPE.vector)),
    "encoder and lexicon": joined,
    "the same and BM25, by rank": (corpus) => {
      const [one, other] = [joined(corpus), bm25(corpus)];
      return async (question) => byRank([await one(question), await other(question)]);
    },
    fused:
      ({ store }) =>
      async (question) => {
        const { passages: found } = await retrieve(store, question, {
          k: LOOKED_AT,
          minScore: 0,
          aim: questionVector,
        });
        return found.map(({ file }) => Number(file.split("\0")[1]));
      },
    "hashed words": ({ chunks }) => {
      const vectors = chunks.map(({ text }) => hashedWords(text));
      return (question) => best(vectors.map((vector) => cosine(hashedWords(question), vector)));
    },
  };

  function byVectors(part) {
    return ({ vectors, embed }) => {
      const parts = vectors.map(part);
      return async (question) => {
        const asked = part(await embed(question));
        return best(parts.map((vector) => cosine(asked, vector)));
      };
    };
  }

  /** Chunks whose scores tie are told apart by a hash, so that their order is no help. */
  function best(scores) {
    const chance = (at) => hashOf(`tie:${at}`);
    return [...scores.keys()]
      .sort((a, b) => scores[b] - scores[a] || chance(a) - chance(b))
      .slice(0, LOOKED_AT);
  }

  /** Each word adds one at the place that its hash points to. */
  function hashedWords(text) {
    const vector = new Float32Array(384);
    for (const word of wordsOf(text)) vector[hashOf(word) % 384] += 1;
    return vector;
  }
}

function byMiniSearch(fields, processTerm, options) {
  return ({ chunks }) => {
    const index = new MiniSearch({ fields, processTerm });
    index.addAll(chunks.map(({ text, heading, file }, id) => ({ id, text, heading, file })));
    return (question) =>
      index
        .search(question, options)
        .slice(0, LOOKED_AT)
        .map(({ id }) => id);
  };
}

/** Reciprocal rank fusion: 1 / (60 + rank) in each ranking, added up. */
function byRank(rankings) {
  const scores = new Map();
  for (const ranking of rankings)
    for (const [place, at] of ranking.entries())
      scores.set(at, (scores.get(at) ?? 0) + 1 / (60 + place + 1));
  return [...scores].sort((a, b) => b[1] - a[1]).map(([at]) => at);
}

function cosine(a, b) {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    dot += a[at] * b[at];
    ofA += a[at] * a[at];
    ofB += b[at] * b[at];
  }
  // Rounded, so that equal vectors tie whatever the order of their sums.
  return Number((dot / (Math.sqrt(ofA * ofB) || 1)).toFixed(12));
}
