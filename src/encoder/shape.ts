/**
 * The sentence encoder's shape: Universal Sentence Encoder Lite, a transformer of two layers; a
 * text's vector is the mean over its tokens, through a last matrix and tanh. It has 6.98 million
 * weights and 8,000 pieces. Source: Cer and others, "Universal Sentence Encoder", 2018; the weights
 * are Google's, Apache-2.0, rounded to int8 by us (see NOTICE in dist/encoder).
 */
export const SHAPE = {
  /** what attention reads: 256 numbers a token in the first layer, 512 in the second */
  widths: [256, 512],
  /** between the two matrices of a feed-forward part; also the room for queries, keys and values */
  inner: 1536,
  heads: 4,
  /** a text's vector */
  vector: 512,
  /** tokens that are read at once; a longer text is read in several windows */
  context: 128,
} as const;
