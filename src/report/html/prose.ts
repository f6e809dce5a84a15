import { proseParts } from "../../term/prose.ts";
import { type Markup, markup } from "./markup.ts";

/** Prose of ours as paragraphs, or as a part of one. */
export function proseMarkup(text: string, isInline = false): Markup {
  if (isInline) return markup`${inline(text)}`;
  const paragraphs = text.split(/\n\s*\n/).filter((part) => part.trim() !== "");
  return markup`${paragraphs.map((part) => markup`<p>${inline(part)}</p>`)}`;
}

const inline = (text: string): Markup[] =>
  proseParts(text).map(({ kind, text: words }) => {
    if (kind === "code") return markup`<code>${words}</code>`;
    return kind === "term" ? markup`<em>${words}</em>` : markup`${words}`;
  });
