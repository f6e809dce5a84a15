/** How a file is read. */
export type Kind = "markdown" | "text" | "html" | "pdf";

const KINDS: Record<string, Kind> = {
  md: "markdown",
  markdown: "markdown",
  mdx: "markdown",
  txt: "text",
  text: "text",
  rst: "text",
  org: "text",
  adoc: "text",
  html: "html",
  htm: "html",
  xhtml: "html",
  pdf: "pdf",
};

/**
 * The kind of a file by its name; a name without an ending, such as README, is that of a text.
 * Undefined for the rest.
 */
export function kindOf(file: string): Kind | undefined {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const ending = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase();
  if (ending === undefined) return "text";
  return Object.hasOwn(KINDS, ending) ? KINDS[ending] : undefined;
}
