import { createRequire } from "node:module";
import type { Table as ArrowTable, Data, DataType, FixedSizeList, Schema } from "apache-arrow";
import { type Collection, toWritten } from "../collection.ts";
import { type Row, scalarsOf, tagOf } from "../rows.ts";
import { keyOf } from "./predicate.ts";

// `import` would give a second Arrow beside the one LanceDB requires, whose tables it takes without their lists.
const arrow: typeof import("apache-arrow") = createRequire(import.meta.url)("apache-arrow");
const { Field, Float32, Float64, List, RecordBatch, Struct, Utf8 } = arrow;

/** Where the schema says what a collection is. */
export const WRITTEN = "llm-lab";

export function schemaOf(collection: Collection): Schema {
  const list = (type: DataType) => new List(new Field("item", type, true));
  const vector = new arrow.FixedSizeList(
    collection.dimension,
    new Field("item", new Float32(), true),
  );
  return new arrow.Schema(
    [
      // With a key, writers that add the same id at once are told of each other, and one tries again.
      new Field(
        "id",
        new Utf8(),
        false,
        new Map([["lance-schema:unenforced-primary-key", "true"]]),
      ),
      new Field("vector", vector, false),
      new Field("content", new Utf8(), false),
      new Field("metadata", new Utf8(), false),
      new Field("tags", list(new Utf8()), false),
      new Field("keys", list(new Utf8()), false),
      new Field("numbers", list(new Float64()), false),
    ],
    new Map([[WRITTEN, toWritten(collection)]]),
  );
}

/**
 * Rows as one Arrow table, with the lists that filters look into. Arrow would go through the vectors number by
 * number, which takes longer than writing them; so they are laid out here.
 */
export function arrowOf(rows: Row[], collection: Collection): ArrowTable {
  const schema = schemaOf(collection);
  const { dimension } = collection;
  const flat = new Float32Array(rows.length * dimension);
  rows.forEach((row, place) => {
    flat.set(row.vector, place * dimension);
  });
  const [id, vector, content, metadata, tags, keys, numbers] = schema.fields.map((one) => one.type);
  const child = arrow.makeData({ type: new Float32(), length: flat.length, data: flat });
  const fields = rows.map((row) => scalarsOf(row.metadata));
  const numeric = fields.map((row) => row.filter(([, value]) => typeof value === "number"));
  const children = [
    dataOf(
      id!,
      rows.map((row) => row.id),
    ),
    arrow.makeData({ type: vector as FixedSizeList, length: rows.length, nullCount: 0, child }),
    dataOf(
      content!,
      rows.map((row) => row.content),
    ),
    dataOf(
      metadata!,
      rows.map((row) => row.metadata),
    ),
    dataOf(
      tags!,
      fields.map((row) => row.map(([key, value]) => tagOf(key, value))),
    ),
    dataOf(
      keys!,
      numeric.map((row) => row.map(([key]) => keyOf(key))),
    ),
    dataOf(
      numbers!,
      numeric.map((row) => row.map(([, value]) => value)),
    ),
  ];
  const type = new Struct(schema.fields);
  const data = arrow.makeData({ type, length: rows.length, nullCount: 0, children });
  return new arrow.Table(new RecordBatch(schema, data));
}

function dataOf(type: DataType, values: unknown[]): Data {
  const builder = arrow.makeBuilder({ type });
  for (const value of values) builder.append(value);
  return builder.finish().flush();
}
