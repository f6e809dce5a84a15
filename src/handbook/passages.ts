/** A passage of the handbook: one idea, explained in some hundred words. */
export interface Passage {
  id: string;
  title: string;
  /** the title of the chapter that it stands in */
  chapter: string;
  text: string;
  /** other names of the same thing, such as class names and abbreviations */
  aliases: string[];
  /** ids of passages that go well with it */
  seeAlso: string[];
}

/**
 * The passages of a chapter's Markdown: `## id: Title`, paragraphs, perhaps a line
 * `Also called: name, name`, and a line `See also: id, id`.
 */
export function passagesIn(markdown: string): Passage[] {
  const [head = "", ...parts] = markdown.split(/^## /m);
  const chapter = /^# (.+)$/m.exec(head)?.[1]?.trim() ?? "";
  return parts.map((part) => {
    const [, id = "", title = "", body = ""] = /^([\w-]+): (.+)\n([\s\S]*)$/.exec(part) ?? [];
    return {
      id,
      title: title.trim(),
      chapter,
      text: body.replace(/^(?:Also called|See also): .+$/gm, "").trim(),
      aliases: namesAfter("Also called", body),
      seeAlso: namesAfter("See also", body),
    };
  });
}

/** The names, with commas between them, on the line of a body that begins with a label. */
function namesAfter(label: string, body: string): string[] {
  const line = body.split("\n").find((one) => one.startsWith(`${label}: `));
  return line === undefined
    ? []
    : line
        .slice(label.length + 2)
        .split(",")
        .map((name) => name.trim());
}

/** A passage as it is embedded and searched: its title on a line of its own, then its text. */
export function wholeText({ title, text }: Passage): string {
  return `${title}\n${text}`;
}
