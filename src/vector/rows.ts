import { createHash } from "node:crypto";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { LabError } from "../errors.ts";
import type { Scalar } from "./filter.ts";

/** A document as the engines get it. Its strings hold nothing that an engine cannot store. */
export interface Row {
  id: string;
  content: string;
  /** JSON of an object */
  metadata: string;
  vector: number[];
}

/** What an engine gives back. */
export interface StoredRow {
  id: string;
  content: string;
  metadata: string;
  vector?: number[];
}

/** A document found, its likeness in [0, 1], and its vector where it was asked for. */
export interface Found {
  document: Document;
  score: number;
  vector?: number[];
}

/** Makes a row of a document. Metadata is kept as JSON has it: no undefined, dates as text. */
export function rowOf(document: DocumentInterface, vector: number[], id?: string): Row {
  const metadata = JSON.stringify(document.metadata ?? {});
  return {
    id: checkId(id ?? document.id ?? contentId(document.pageContent, metadata)),
    content: toStored(document.pageContent),
    metadata: needsMarks(metadata)
      ? JSON.stringify(mapText(JSON.parse(metadata), toStored))
      : metadata,
    vector,
  };
}

export function documentOf({ id, content, metadata }: StoredRow): Document {
  const parsed = JSON.parse(metadata);
  return new Document({
    id,
    pageContent: fromStored(content),
    metadata: metadata.includes(MARK) ? mapText(parsed, fromStored) : parsed,
  });
}

/** The same text and metadata have the same id, so adding them again changes nothing. */
function contentId(content: string, metadata: string): string {
  return createHash("sha256")
    .update(JSON.stringify([content, metadata]))
    .digest("hex")
    .slice(0, 32);
}

function checkId(id: string): string {
  if (
    typeof id === "string" &&
    id.length > 0 &&
    id.length <= 1024 &&
    !/[\p{Cc}\p{Surrogate}]/u.test(id)
  )
    return id;
  throw new LabError(
    `This cannot be the id of a document: ${JSON.stringify(String(id).slice(0, 80))}`,
    "Use one to 1024 characters without control characters.",
  );
}

// Postgres holds no NUL, and no engine holds half a surrogate pair. Such characters are kept as a mark from
// the private use area and four hex digits; the mark itself too, so that the way back is exact.
const MARK = "\uE000";
const UNSTORABLE = /[\0\uE000\p{Surrogate}]/gu;

/** A text as all engines can hold it; most texts are left as they are. */
export function toStored(text: string): string {
  return text.replace(
    UNSTORABLE,
    (char) => MARK + char.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}

function fromStored(text: string): string {
  return text.replace(/\uE000([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

/** Quick look at JSON, which may say yes too often. */
function needsMarks(json: string): boolean {
  return /\uE000|\\u0000|\\ud[89a-f]/.test(json);
}

/** Changes every string in a JSON value, names of fields too; `__proto__` stays a field like others. */
// biome-ignore lint/suspicious/noExplicitAny: JSON in, JSON of the same shape out
function mapText(value: unknown, change: (text: string) => string): any {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((part) => mapText(part, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [change(name), mapText(part, change)]),
  );
}

/** The fields of metadata that a filter can look at. */
export function scalarsOf(metadata: string): [string, Scalar][] {
  const fields = Object.entries(JSON.parse(metadata) as Record<string, unknown>);
  return fields.filter(
    (field): field is [string, Scalar] => typeof field[1] !== "object" || field[1] === null,
  );
}

/** One field with its value, as one string without control characters, for engines that match strings in lists. */
export function tagOf(key: string, value: Scalar): string {
  return JSON.stringify([key, value]);
}
