/** A piece of prose: plain words, a *term*, or `code`. */
export interface ProsePart {
  kind: "plain" | "term" | "code";
  text: string;
}

const MARKED = /`([^`\n]+)`|(?<![\w*])\*([^*\n]+)\*(?![\w*])/g;

/** Prose cut at its marks. */
export function proseParts(text: string): ProsePart[] {
  const parts: ProsePart[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKED)) {
    const [all, code, term = ""] = found;
    if (found.index > at) parts.push({ kind: "plain", text: text.slice(at, found.index) });
    parts.push(code === undefined ? { kind: "term", text: term } : { kind: "code", text: code });
    at = found.index + all.length;
  }
  if (at < text.length) parts.push({ kind: "plain", text: text.slice(at) });
  return parts;
}
