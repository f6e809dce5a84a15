import type { LabEvent } from "../trace/events.ts";
import type { Part } from "./blocks.ts";
import { buildReport } from "./build.ts";
import type { Limits } from "./cut.ts";
import { type Beside, blockText, fenced, inline, partLines, prose } from "./markdown.ts";

interface Link {
  title: string;
  to: string;
}

/** What a lesson's page says beside what the run shows. */
export interface LessonGuide {
  id: string;
  title: string;
  /** what it teaches, in a line */
  about: string;
  /** the folder of its files, from the root of the project */
  folder: string;
  /** in the order in which the run played them */
  sections: GuidedSection[];
  before?: Link;
  next?: Link;
}

interface GuidedSection {
  /** "memory/window" */
  id: string;
  title: string;
  /** a value of a param to try: "k=2" */
  set?: string;
  buildsOn: Link[];
  exercises: (Link & { task: string })[];
}

/** A page, and the pictures that it shows, by their paths beside it. */
export interface LessonPage {
  text: string;
  pictures: Map<string, string>;
}

/** Bytes: a page that is longer is hard to read, and GitHub stops showing it at some length. */
const MOST_BYTES = 150_000;

/** Tried in order until the page is short enough. */
const LIMITS: readonly Limits[] = [
  { text: 4000, items: 400, calls: 12 },
  { text: 3000, items: 400, calls: 6 },
  { text: 2000, items: 400, calls: 4 },
  { text: 1200, items: 400, calls: 3 },
  { text: 800, items: 400, calls: 2 },
  { text: 400, items: 400, calls: 2 },
];

/**
 * A lesson as a page of Markdown for GitHub, made of a whole run of it that nobody watched. Times are
 * left out, so the same events give the same bytes, whatever they took.
 *
 * @throws BrokenEvent for an event that lacks what its type has
 */
export function lessonPage(events: readonly LabEvent[], guide: LessonGuide): LessonPage {
  let page: LessonPage = { text: "", pictures: new Map() };
  for (const limits of LIMITS) {
    page = pageWithin(events, guide, limits);
    if (Buffer.byteLength(page.text) <= MOST_BYTES) break;
  }
  return page;
}

function pageWithin(events: readonly LabEvent[], guide: LessonGuide, limits: Limits): LessonPage {
  const { parts, left } = buildReport(events, limits, "lesson");
  const { sections } = guide;
  const pictures = new Map<string, string>();
  const played = parts.slice(0, sections.length);
  const text = [
    ...headLines(guide, left.length > 0),
    ...played.flatMap((part, at) => {
      const section = sections[at];
      return section ? sectionLines(part, section, besideOf(section, guide, pictures)) : [];
    }),
    ...parts.slice(sections.length).flatMap((part) => partLines(part, 2, {})),
    waysText(guide),
  ];
  return { text: `${text.filter((one) => one !== "").join("\n\n")}\n`, pictures };
}

function headLines({ id, title, about, sections }: LessonGuide, isCut: boolean): string[] {
  const contents = sections.map(
    (section, at) => `${at + 1}. [${inline(section.title)}](#${nameOf(section)})`,
  );
  const cut = isCut
    ? "Where a step makes many calls, or a text is long, a part is left out, and its place says so."
    : "";
  return [
    `<!-- Written by npm run pages from a run of the lesson. Do not edit it: edit the lesson. -->`,
    `# ${inline(title)}`,
    inline(`${about.charAt(0).toUpperCase()}${about.slice(1)}.`),
    `Play it yourself, with no key and no network; you are asked first, and can change every value:`,
    fenced(`npx llm-lab lesson ${id}`, "sh"),
    [
      "This page is what one such run showed: the code that ran, each prompt as it was sent, and each reply, by the",
      "[offline models](../../README.md). A prompt is shown as what is new in it (`+`) and gone from it (`-`) against",
      "the one before it of the same caller, and in front of its lines stands where they come from.",
      cut,
      `\`npx llm-lab lesson ${id} --report ${id}.html\` writes all of a run as a page of your own.`,
    ]
      .filter((line) => line !== "")
      .join("\n"),
    "## Contents",
    contents.join("\n"),
  ];
}

function sectionLines(part: Part, section: GuidedSection, beside: Beside): string[] {
  const { id, set, buildsOn, exercises } = section;
  const [first, ...rest] = part.blocks.map((block) => blockText(block, beside));
  const command = `npx llm-lab lesson ${id}`;
  const links = buildsOn.map(({ title, to }) => `[${inline(title)}](${to})`).join(", ");
  return [
    `<a id="${nameOf(section)}"></a>`,
    `## ${inline(part.title)}`,
    first ?? "",
    links === "" ? "" : `It builds on: ${links}.`,
    fenced(set === undefined ? command : `${command}\n${command} --set ${set}`, "sh"),
    ...rest,
    ...part.parts.flatMap((step) => partLines(step, 3, beside)),
    exercises.length === 0
      ? ""
      : `**Write it yourself** (\`npx llm-lab init\` makes a folder for it):\n\n${exercises
          .map(({ title, to, task }) => `- [${inline(title)}](${to}): ${prose(task)}`)
          .join("\n")}`,
    `Take it away as a program: \`npx llm-lab code ${id} --out ${nameOf(section)}.mjs\``,
  ];
}

function waysText({ before, next }: LessonGuide): string {
  const ways = [
    before && `Before: [${inline(before.title)}](${before.to})`,
    next && `Next: [${inline(next.title)}](${next.to})`,
    "[All lessons](../../README.md#your-first-quarter-of-an-hour)",
  ];
  return `---\n\n${ways.filter((way) => way !== undefined).join(" · ")}`;
}

const nameOf = ({ id }: GuidedSection): string => id.split("/")[1] ?? id;

/** Keeps the pictures of a section, and links code to its file beside the page. */
function besideOf(
  section: GuidedSection,
  { folder }: LessonGuide,
  pictures: Map<string, string>,
): Beside {
  let count = 0;
  return {
    keep(svg) {
      count += 1;
      const path = `images/${nameOf(section)}-${count}.svg`;
      pictures.set(path, svg);
      return path;
    },
    linkOf(caption) {
      const [, file, line] = /^(.+):(\d+)$/.exec(caption) ?? [];
      return file?.startsWith(`${folder}/`)
        ? `${file.slice(folder.length + 1)}#L${line}`
        : undefined;
    },
  };
}
