import { describe, expect, test } from "vitest";
import { pdfOf } from "../../test/support/pdf.ts";
import { decode } from "./decode.ts";
import { charsetOf, sectionsOfHtml } from "./html.ts";
import { sectionsOfMarkdown } from "./markdown.ts";
import { partsOf } from "./sections.ts";

// Cases that were kept aside while the readers were written.
const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (markdown: string) =>
  sectionsOfMarkdown(markdown).map(({ heading, text }) => [heading, text.trim()]);

describe("Markdown, kept aside", () => {
  test.each([
    ["front matter ended by dots", "---\na: b\n...\n# A\n\nx", [["A", "x"]]],
    ["front matter behind a mark", "\ufeff---\na: b\n---\nx", [["", "x"]]],
    [
      "a heading directly below a paragraph",
      "x\n# A\ny",
      [
        ["", "x"],
        ["A", "y"],
      ],
    ],
    ["an indented heading", "   # A\n\nx", [["A", "x"]]],
    ["a heading with an escaped sign", "# C \\#\n\nx", [["C #", "x"]]],
    ["entities in a heading", "# A &amp; B\n\nx", [["A & B", "x"]]],
    ["tildes", "~~~\n# a\n~~~\n\nx", [["", "~~~\n# a\n~~~\n\nx"]]],
    ["a comment over lines with a heading", "<!--\n# A\n-->\n\nx", [["", "x"]]],
    ["a script", "<script>\n# a\n</script>\n\nx", [["", "x"]]],
    ["a summary", "<details>\n<summary>More</summary>\n\nx\n\n</details>", [["", "More\n\nx"]]],
    [
      "a badge by reference",
      "[![build status badge][a]][b]\n\n[a]: x.svg\n[b]: y",
      [["", ""]].slice(1),
    ],
    [
      "two pictures with words",
      "![the first of two](a) and ![the second of two](b)",
      [["", "the first of two and the second of two"]],
    ],
    ["a picture in a quotation", "> ![x](y)\n> z", [["", "> z"]]],
    ["a numbered item of a picture", "1. ![x](y)\n2. z", [["", "2. z"]]],
    ["an address stays", "See <https://a.example/b>.", [["", "See <https://a.example/b>."]]],
    ["less than stays", "if a < b and c > d", [["", "if a < b and c > d"]]],
  ])("%s", (_name, markdown, expected) => {
    expect(read(markdown)).toEqual(expected);
  });
});

describe("HTML, kept aside", () => {
  const page = (html: string) => sectionsOfHtml(html).map(({ heading, text }) => [heading, text]);
  test.each([
    [
      "a heading within another element",
      "<div><h2><span>A</span> b</h2><p>x</div>",
      [["A b", "x"]],
    ],
    ["a definition list", "<dl><dt>k<dd>v</dl>", [["", "k\nv"]]],
    ["a comment with a heading", "<!-- <h1>a</h1> -->x", [["", "x"]]],
    ["text in an attribute", '<p title="<h1>a</h1>">x', [["", "x"]]],
    ["a template and a frame", "<template><h1>a</h1></template><iframe>b</iframe>x", [["", "x"]]],
    ["code with brackets", "<pre><code>a &lt; b\n\n# c</code></pre>", [["", "a < b\n\n# c"]]],
    [
      "a table in a table",
      "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>",
      [["", "a | b\n\nc"]],
    ],
    ["an empty page", "<html><body></body></html>", []],
    ["closing tags alone", "</p></div></h1>x", [["", "x"]]],
  ])("%s", (_name, html, expected) => {
    expect(page(html)).toEqual(expected);
  });

  test.each([
    ["gb2312", [0xc4, 0xe3, 0xba, 0xc3], "你好"],
    ["euc-kr", [0xbe, 0xc8, 0xb3, 0xe7], "안녕"],
    ["iso-8859-2", [0xbe, 0xb9], "žš"],
    ["windows-1251", [0xcf, 0xf0, 0xe8], "При"],
    ["big5", [0xa7, 0x41, 0xa6, 0x6e], "你好"],
  ])("the charset %s", (charset, body, expected) => {
    const bytes = new Uint8Array([
      ...bytesOf(`<html><head><meta charset='${charset}'></head><p>`),
      ...body,
    ]);
    expect(sectionsOfHtml(decode(bytes, charsetOf(bytes)))[0]?.text).toBe(expected);
  });
});

describe("a file without text", () => {
  test.each([
    ["pdf", pdfOf([[], []]), "no text in it (a scan?)"],
    ["markdown", "# Only\n\n## Headings\n", "no text in it"],
    ["markdown", "---\na: b\n---\n![](x.png)\n", "no text in it"],
    ["html", "<html><head><title>x</title></head><body><img src=a></body>", "no text in it"],
    ["text", " \n\t\n", "no text in it"],
    ["text", "", "empty"],
    ["pdf", "", "empty"],
    ["pdf", "%PDF-1.7 nothing", "no PDF that can be read"],
  ] as const)("%s %j is named", async (kind, content, reason) => {
    await expect(partsOf(kind, bytesOf(content))).rejects.toThrow(reason);
  });

  test("pages without text are named", async () => {
    const pages = [["One."], [], ["Three."], [], [], ["Six."]];
    const { sections, missing } = await partsOf("pdf", bytesOf(pdfOf(pages)));
    expect(sections.map(({ page }) => page)).toEqual([1, 3, 6]);
    expect(missing).toBe("no text on pages 2, 4-5 (a scan or a picture?)");
  });
});
