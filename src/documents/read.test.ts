import { MarkdownTextSplitter, RecursiveCharacterTextSplitter } from "@langchain/textsplitters";
import { describe, expect, test } from "vitest";
import { chunksOf } from "./chunks.ts";
import { cut } from "./cut.ts";
import { decode } from "./decode.ts";
import { handbookChapters } from "./handbook.ts";
import { charsetOf, sectionsOfHtml } from "./html.ts";
import { sectionsOfMarkdown } from "./markdown.ts";
import { partsOf } from "./sections.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sizes = { size: 800, overlap: 100 };

/** The headings and texts of a Markdown text, without the empty lines around them. */
const read = (markdown: string) =>
  sectionsOfMarkdown(markdown).map(({ heading, text }) => [heading, text.trim()]);

describe("Markdown", () => {
  test.each([
    [
      "front matter in YAML",
      "---\ntitle: x # c\n# not a heading\n---\n# A\n\nText.",
      [["A", "Text."]],
    ],
    ["front matter in TOML", '+++\ntitle = "x"\n# c\n+++\nText.', [["", "Text."]]],
    ["a line across the page is not front matter", "---\n\nText.", [["", "Text."]]],
    ["front matter below an empty line", "\n---\na: b\n---\n\n# A\n\nx", [["A", "x"]]],
    ["a line across the page, and no more", "# A\n\n---\n\n# B\n\nx", [["B", "x"]]],
    ["a picture and no more", "# A\n\n![logo](a.png)\n\n# B\n\nx", [["B", "x"]]],
    ["a comment over empty lines", "# A\n\n<!-- a\n\nb -->\n\nx", [["A", "x"]]],
    ["badges without an address", "# A\n\n[![npm][a]][b] [![x][y]](z)\n\nx", [["A", "x"]]],
    ["imports, as MDX has them", 'import X from "./x"\nexport const a = 1\n\nx', [["", "x"]]],
    [
      "words that only look so",
      "export the list; then close",
      [["", "export the list; then close"]],
    ],
    [
      "a heading underlined",
      "A\n===\n\nOne.\n\nB\n---\n\nTwo.",
      [
        ["A", "One."],
        ["A › B", "Two."],
      ],
    ],
    ["a heading in a quotation", "> # No\n> heading", [["", "> # No\n> heading"]]],
    ["a heading in a list", "- # No\n- heading", [["", "- # No\n- heading"]]],
    [
      "a comment in code",
      "```sh\n# start\n```\n\n    # run",
      [["", "```sh\n# start\n```\n\n    # run"]],
    ],
    [
      "a fence within a longer one",
      "````\n```\n# a\n````\n# B\n\nx",
      [
        ["", "````\n```\n# a\n````"],
        ["B", "x"],
      ],
    ],
    ["a comment in <pre>", "<pre>\n# start\n</pre>\n\nText.", [["", "# start\n\n\nText."]]],
    ["seven signs, and a sign without a space", "####### a\n\n#b", [["", "####### a\n\n#b"]]],
    ["signs behind a heading", "## A ##\n\nx", [["A", "x"]]],
    ["marks in a heading", "# `a` *b* [c](d) **e_f**\n\nx", [["a b c e_f", "x"]]],
    [
      "a heading in HTML",
      '<h1 align="center">\n  <img src="x.svg">\n  Boiler\n</h1>\n\nText.',
      [["Boiler", "Text."]],
    ],
    [
      "levels that skip and go back",
      "# A\n\n### B\n\nx\n\n## C\n\ny",
      [
        ["A › B", "x"],
        ["A › C", "y"],
      ],
    ],
    [
      "an empty heading ends the one before",
      "# A\n\nx\n\n#\n\ny",
      [
        ["A", "x"],
        ["", "y"],
      ],
    ],
    [
      "badges",
      "[![Build status](a.svg)](b) [![npm][i]][l]\n![Code coverage](c.svg)\n\nText.\n\n[i]: x\n[l]: y",
      [["", "Text."]],
    ],
    [
      "an image tag",
      '<p align="center"><img src="a.png" width="3"></p>\n\nText <img src="b"> here.',
      [["", "Text  here."]],
    ],
    [
      "a picture with words of its own",
      "See ![the pump from above](a.png).",
      [["", "See the pump from above."]],
    ],
    [
      "a picture in code stays",
      "`![a](b)` and\n\n```\n![c](d)\n```",
      [["", "`![a](b)` and\n\n```\n![c](d)\n```"]],
    ],
    [
      "a picture in a link with words",
      "[![i](a.png) Read the book](b)",
      [["", "[ Read the book](b)"]],
    ],
    ["comments", "A <!-- b --> c.\n\n<!--\n# d\n-->\n\nE.", [["", "A  c.\n\n\n\n\n\nE."]]],
    [
      "a table keeps its lines",
      "| a | b |\n|---|---|\n| ![x](y) | 2 |",
      [["", "| a | b |\n|---|---|\n|  | 2 |"]],
    ],
  ])("%s", (_name, markdown, expected) => {
    expect(read(markdown)).toEqual(expected);
  });

  test("data that is written into a text is left out", async () => {
    const data = `data:image/png;base64,${"iVBORw0KGgo".repeat(30_000)}`;
    const text = `# A\n\nBefore.\n\n![](${data})\n\n[x]: ${data}\n\n<img src="${data}">\n\nAfter ${data} it.`;
    for (const kind of ["markdown", "text"] as const) {
      const { sections } = await partsOf(kind, bytesOf(text));
      const chunks = chunksOf(kind, sections, sizes);
      expect(chunks).toHaveLength(1);
      expect(chunks[0]?.text).not.toContain("iVBOR");
      expect(chunks[0]?.text).toMatch(/Before\.[\s\S]*After {2}it\./);
    }
  });

  test("each word keeps its line", () => {
    const markdown = [
      ...[
        "---",
        "title: a",
        "---",
        "",
        "# A",
        "![b](c)",
        "word6",
        "<p",
        "  align='x'>word8",
        "</p>",
        "",
      ],
      ...[
        "- word11 ![d](e)",
        "  word12",
        "",
        "> ![f](g)",
        "> word15",
        "",
        "[h]: i",
        "  'title'",
        "word18",
      ],
    ].join("\n");
    const lines = markdown.split("\n");
    for (const { text, line = 0 } of sectionsOfMarkdown(markdown)) {
      const words = text.split("\n").flatMap((one, at) => (/word\d+/.test(one) ? [[one, at]] : []));
      for (const [one, at] of words as [string, number][])
        expect(lines[line + at - 1]).toContain(/word\d+/.exec(one)?.[0]);
      expect(words).toHaveLength(6);
    }
  });
});

describe("HTML", () => {
  const page = (html: string) => sectionsOfHtml(html).map(({ heading, text }) => [heading, text]);
  test.each([
    [
      "a comment in <pre>",
      "<h1>A</h1><pre># start\n  pump</pre>x",
      [["A", "# start\n  pump\n\nx"]],
    ],
    ["lists", "<ul><li><p>a</p><li>b<ol><li>c<li>d</ol></ul>", [["", "- a\n- b\n  1. c\n  2. d"]]],
    ["a table", "<table><tr><th>k<th>v<tr><td>1<td>2</table>", [["", "k | v\n1 | 2"]]],
    [
      "what nobody reads",
      "<title>t</title><nav>n</nav><script>'<p>'</script><svg><text>s</text></svg><p>x",
      [["", "x"]],
    ],
    ["entities and space", "a&nbsp;&amp;\n  <b>b</b> c", [["", "a\u00a0& b c"]]],
    ["a navigation that is never closed", "<div><nav>n</div><p>x", [["", "x"]]],
    ["a heading that is never closed", "<h2>A<p>x", [["A", "x"]]],
    ["no tags at all", "just text", [["", "just text"]]],
    [
      "a page in XML",
      '<?xml version="1.0"?><html><script src="a"/><a name="b"/><p>x</p></html>',
      [["", "x"]],
    ],
    ["a bracket that is not a tag", "1 < 2 and <3", [["", "1 < 2 and <3"]]],
  ])("%s", (_name, html, expected) => {
    expect(page(html)).toEqual(expected);
  });

  test.each(["div", "ul><li", "blockquote", "b", "table><tr><td", "nav", "h1"])(
    "100,000 nested <%s>",
    (tag) => {
      const text = sectionsOfHtml(`${`<${tag}>`.repeat(100_000)}deep`);
      expect(text.map(({ text }) => text).join("")).toMatch(
        tag === "nav" || tag === "h1" ? "" : "deep",
      );
    },
  );

  const SHIFT_JIS = [0x83, 0x7b, 0x83, 0x43, 0x83, 0x89, 0x81, 0x5b];
  const KOI8 = [0xeb, 0xcf, 0xd4, 0xc5, 0xcc];
  const withHead = (head: string, body: number[]) =>
    new Uint8Array([...bytesOf(head), ...bytesOf("<p>"), ...body]);
  test.each([
    ["a meta tag", withHead('<meta charset="shift_jis">', SHIFT_JIS), "ボイラー"],
    [
      "http-equiv",
      withHead(
        '<META http-equiv="Content-Type" content="text/html; charset=Shift_JIS">',
        SHIFT_JIS,
      ),
      "ボイラー",
    ],
    ["no quotation marks", withHead("<meta charset=koi8-r>", KOI8), "Котел"],
    ["an XML declaration", withHead('<?xml version="1.0" encoding="koi8-r"?>', KOI8), "Котел"],
    [
      "the mark of UTF-8, whatever the tag says",
      new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf("<meta charset=koi8-r><p>é")]),
      "é",
    ],
    [
      "the mark of UTF-16",
      new Uint8Array([0xff, 0xfe, ...Buffer.from("<meta charset=utf-16><p>é", "utf16le")]),
      "é",
    ],
    ["UTF-16 without a mark", new Uint8Array(Buffer.from("<p>plain é", "utf16le")), "plain é"],
    ["none, in UTF-8", bytesOf("<p>é"), "é"],
    ["none, in Latin", withHead("", [0x63, 0x61, 0x66, 0xe9]), "café"],
    [
      "a lie, in UTF-8",
      bytesOf(`<meta charset=euc-jp><p>${"— x ".repeat(40)}`),
      "— x ".repeat(40).trim(),
    ],
  ])("the charset by %s", (_name, bytes, expected) => {
    expect(sectionsOfHtml(decode(bytes, charsetOf(bytes)))[0]?.text).toBe(expected);
  });

  test.each([
    ["which nobody knows", withHead('<meta charset="klingon">', [0xe9]), /klingon/],
    ["which nobody names", new Uint8Array(Array(20).fill(SHIFT_JIS).flat()), /UTF-8/],
  ])("a charset %s is said", async (_name, bytes, reason) => {
    await expect(partsOf("html", bytes)).rejects.toThrow(reason);
  });
});

describe("the place of a chunk", () => {
  test("is kept where a text repeats itself", () => {
    const lines = Array.from({ length: 200 }, (_, at) =>
      at % 3 === 0 ? "" : "The same line again.",
    );
    const pieces = cut(lines.join("\n"), ["\n\n", "\n", " ", ""], { size: 100, overlap: 0 });
    const text = lines.join("\n");
    let end = 0;
    for (const { text: piece, breaks } of pieces) {
      const at = text.indexOf(piece, end);
      expect(breaks).toBe(text.slice(0, at).split("\n").length - 1);
      end = at + piece.length;
    }
    expect(pieces.length).toBeGreaterThan(20);
  });

  const texts = [
    ...handbookChapters().map(({ text }) => text),
    "x".repeat(3000),
    `${"word ".repeat(900)}\n\n${"y".repeat(2500)}`,
    " \n\n \n a \n\n\n\n b",
    "",
  ];
  test.each([
    [800, 100],
    [100, 30],
    [50, 0],
    [300, 299],
  ])("texts are LangChain's own, at %i characters with %i in common", async (size, overlap) => {
    const fields = { chunkSize: size, chunkOverlap: overlap };
    for (const [splitter, separators] of [
      [new RecursiveCharacterTextSplitter(fields), ["\n\n", "\n", " ", ""]],
      [
        new MarkdownTextSplitter(fields),
        RecursiveCharacterTextSplitter.getSeparatorsForLanguage("markdown"),
      ],
    ] as const)
      for (const text of texts) {
        const ours = cut(text, separators, { size, overlap }).map((piece) => piece.text);
        expect(ours).toEqual(await splitter.splitText(text));
      }
  });

  test("a character that takes two places is never cut", () => {
    const pieces = cut("🐎".repeat(500), [""], { size: 51, overlap: 10 });
    expect(pieces.filter(({ text }) => /\p{Surrogate}/u.test(text) || text.length > 51)).toEqual(
      [],
    );
  });
});
