import { type ElementEvents, readElements } from "./elements.ts";
import { Outline } from "./outline.ts";
import type { Section } from "./section.ts";

/** The text of a page, cut where its headings are. */
export function sectionsOfHtml(html: string): Section[] {
  const page = new Page();
  readElements(html, page);
  return page.finish();
}

/**
 * A piece of HTML as it may stand in Markdown, without its tags. Line breaks stay where they are,
 * so that each word keeps its line; headings are given apart.
 */
export function withoutTags(html: string): { text: string; headings: Heading[] } {
  const parts: string[] = [];
  const headings: Heading[] = [];
  const hidden = new Depth(HIDDEN);
  let [end, level] = [0, 0];
  const breaksIn = (from: string) => "\n".repeat(from.split("\n").length - 1);
  const until = (start: number) => {
    if (start > end) parts.push(breaksIn(html.slice(end, start)));
    end = Math.max(end, start);
  };
  readElements(html, {
    enter(name) {
      hidden.enter(name);
      if (!HEADING.test(name)) return;
      level = Number(name[1]);
      headings.push({ level, title: "" });
    },
    leave(name) {
      hidden.leave(name);
      if (HEADING.test(name)) level = 0;
    },
    text(text, start, textEnd) {
      until(start);
      end = Math.max(end, textEnd);
      const heading = level > 0 ? headings.at(-1) : undefined;
      if (heading && !hidden.isInside) heading.title += text;
      parts.push(hidden.isInside || heading ? breaksIn(text) : text);
    },
  });
  until(html.length);
  return { text: parts.join(""), headings };
}

export interface Heading {
  level: number;
  title: string;
}

const HEADING = /^h[1-6]$/;
const words = (text: string) => new Set(text.split(" "));

/**
 * What nobody reads as the text of a page: code, what other browsers see, and the ways to other
 * pages.
 */
const HIDDEN = words("canvas iframe nav noembed noframes noscript script style svg template title");

/** Elements that begin a paragraph, and those that begin only a line. */
const PARAGRAPHS = words(
  "address article aside blockquote body center details dialog dl fieldset figure footer form header hgroup hr html main p pre section table",
);
const LINES = words("br caption dd div dt figcaption legend li option summary tr");
const LISTS = words("dir menu ol ul");

/** How many of some elements are open. */
class Depth {
  readonly #names: Set<string>;
  #count = 0;

  constructor(names: Set<string>) {
    this.#names = names;
  }

  get isInside(): boolean {
    return this.#count > 0;
  }

  enter(name: string): void {
    if (this.#names.has(name)) this.#count += 1;
  }

  leave(name: string): void {
    if (this.#names.has(name)) this.#count -= 1;
  }
}

/** Makes paragraphs, list items and rows of what a page tells of its elements. */
class Page implements ElementEvents {
  readonly #sections: Section[] = [];
  readonly #outline = new Outline();
  readonly #hidden = new Depth(HIDDEN);
  readonly #pre = new Depth(words("pre listing textarea"));
  /** for each open list the number of its next item; none for a list without numbers */
  readonly #lists: { next?: number }[] = [];
  /** what stands before the next words: the mark of a list's item */
  #mark = "";
  /** how many line breaks come before the next words */
  #gap = 0;
  #line: string[] = [];
  #text: string[] = [];
  /** the level of the heading that is open; 0 for none */
  #level = 0;

  enter(name: string): void {
    this.#hidden.enter(name);
    if (this.#hidden.isInside) return;
    if (HEADING.test(name)) {
      this.#break(2);
      this.#closeSection();
      this.#level = Number(name[1]);
    } else this.#breakAt(name);
    this.#pre.enter(name);
    if (LISTS.has(name)) this.#lists.push(name === "ol" ? { next: 1 } : {});
    if (name === "li") {
      this.#mark = this.#itemMark();
      this.#gap = Math.min(1, this.#gap);
    }
    if ((name === "td" || name === "th") && this.#line.length > 0) this.#add(" | ");
  }

  leave(name: string): void {
    const wasHidden = this.#hidden.isInside;
    this.#hidden.leave(name);
    if (wasHidden) return;
    if (HEADING.test(name)) this.#endHeading();
    this.#breakAt(name);
    this.#pre.leave(name);
    if (LISTS.has(name)) this.#lists.pop();
    if (name === "li") this.#mark = "";
  }

  text(text: string): void {
    if (this.#hidden.isInside) return;
    this.#add(this.#pre.isInside ? text : text.replace(/[ \t\n\r\f]+/g, " "));
  }

  finish(): Section[] {
    if (this.#level > 0) this.#endHeading();
    this.#break(0);
    this.#closeSection();
    return this.#sections;
  }

  #add(text: string): void {
    const isAfterSpace = this.#line.at(-1)?.endsWith(" ") ?? true;
    const more = !this.#pre.isInside && isAfterSpace && text.startsWith(" ") ? text.slice(1) : text;
    if (more !== "") this.#line.push(more);
  }

  #breakAt(name: string): void {
    const isLine = LINES.has(name) || (LISTS.has(name) && this.#lists.length > 0);
    if (isLine) this.#break(1);
    else if (PARAGRAPHS.has(name) || LISTS.has(name)) this.#break(2);
  }

  /** Ends a line or a paragraph, and a heading that nobody ended. */
  #break(gap: number): void {
    if (this.#level > 0) {
      this.#endHeading();
      return;
    }
    const text = this.#take();
    if (text !== "") {
      this.#text.push("\n".repeat(this.#text.length > 0 ? this.#gap : 0), this.#mark, text);
      this.#mark = "";
      this.#gap = 0;
    }
    // Between the mark of an item and its words there is no gap.
    if (this.#mark === "" || text !== "") this.#gap = Math.max(this.#gap, gap);
  }

  #take(): string {
    const text = this.#line.join("");
    this.#line = [];
    return text.trim() === "" ? "" : text.replace(/^\n+/, "").trimEnd();
  }

  #itemMark(): string {
    const list = this.#lists.at(-1);
    const inset = "  ".repeat(Math.min(8, Math.max(0, this.#lists.length - 1)));
    if (list?.next === undefined) return `${inset}- `;
    list.next += 1;
    return `${inset}${list.next - 1}. `;
  }

  #endHeading(): void {
    if (this.#level === 0) return;
    this.#outline.enter(this.#level, this.#take());
    this.#level = 0;
  }

  #closeSection(): void {
    const text = this.#text.join("");
    if (text.trim() !== "") this.#sections.push({ heading: this.#outline.heading, text });
    this.#text = [];
    this.#gap = 0;
    this.#mark = "";
  }
}

const META_ENOUGH = 4096;

/** The charset that a page names in its first bytes; undefined if it names none. */
export function charsetOf(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, META_ENOUGH));
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)/.exec(head)?.[1];
  const named = head
    .replace(/<!--[\s\S]*?-->/g, "")
    .match(/<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]+)/i)?.[1];
  const charset = (named ?? declared)?.toLowerCase();
  // A page whose bytes could be read so far is not in UTF-16, whatever it says.
  return charset?.startsWith("utf-16") ? "utf-8" : charset;
}
