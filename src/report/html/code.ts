import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import { type Markup, markup, trusted } from "./markup.ts";

hljs.registerLanguage("typescript", typescript);

/** Code with its words told apart; the highlighter escapes it. */
export function highlighted(text: string, language: "typescript" | "text"): Markup {
  if (language === "text") return markup`${text}`;
  return trusted(hljs.highlight(text, { language }).value);
}
