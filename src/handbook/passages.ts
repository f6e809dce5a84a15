/** A passage of the handbook: one idea, explained in some hundred words. */
export interface Passage {
  id: string;
  title: string;
  /** the title of the chapter that it stands in */
  chapter: string;
  text: string;
  /** ids of passages that go well with it */
  seeAlso: string[];
}

/** The passages of a chapter's Markdown: `## id: Title`, paragraphs, and a line `See also: id, id`. */
export function passagesIn(markdown: string): Passage[] {
  const [head = "", ...parts] = markdown.split(/^## /m);
  const chapter = /^# (.+)$/m.exec(head)?.[1]?.trim() ?? "";
  return parts.map((part) => {
    const [, id = "", title = "", body = ""] = /^([\w-]+): (.+)\n([\s\S]*)$/.exec(part) ?? [];
    const [, related = ""] = /^See also: (.+)$/m.exec(body) ?? [];
    return {
      id,
      title: title.trim(),
      chapter,
      text: body.replace(/^See also: .+$/m, "").trim(),
      seeAlso: related === "" ? [] : related.split(",").map((name) => name.trim()),
    };
  });
}

/** A passage as it is embedded and searched: its title on a line of its own, then its text. */
export function wholeText({ title, text }: Passage): string {
  return `${title}\n${text}`;
}
