import { fileURLToPath } from "node:url";
import { extractText, getDocumentProxy } from "unpdf";
import { packageFile } from "../package-file.ts";
import type { FileParts } from "./sections.ts";
import { isOurFault, Unreadable } from "./unreadable.ts";

/** The text of each page of a PDF; pages that are only pictures have none, and are named. */
export async function partsOfPdf(bytes: Uint8Array): Promise<FileParts> {
  const pages = await textsOfPages(bytes);
  const sections = pages.map((text, at) => ({ heading: "", text, page: at + 1 }));
  const isBlank = ({ text }: { text: string }) => text.trim() === "";
  const blank = sections.filter(isBlank).map(({ page }) => page);
  const missing =
    blank.length === 0 ? undefined : `no text on ${pageList(blank)} (a scan or a picture?)`;
  return { sections: sections.filter((page) => !isBlank(page)), missing };
}

async function textsOfPages(bytes: Uint8Array): Promise<string[]> {
  try {
    // pdf.js takes the bytes away from whoever gives them to it, so it gets a copy; 0 keeps it from
    // printing warnings
    const options = { verbosity: 0, cMapUrl: CMAPS, cMapPacked: true };
    const pdf = await getDocumentProxy(new Uint8Array(bytes), options);
    const { text } = await extractText(pdf, { mergePages: false });
    await pdf.cleanup();
    return text;
  } catch (error) {
    if (isOurFault(error)) throw error;
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new Unreadable(isLocked ? "locked with a password" : "no PDF that can be read");
  }
}

/**
 * Which characters the codes of Chinese, Japanese and Korean fonts mean: the build puts them there.
 */
const CMAPS = fileURLToPath(packageFile("dist/cmaps/")).replace(/\\$/, "/");

const MOST_RANGES = 5;

/** "page 3", or "pages 2, 5-7 and more". */
function pageList(pages: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const page of pages) {
    const range = ranges.at(-1);
    if (range && range[1] === page - 1) range[1] = page;
    else ranges.push([page, page]);
  }
  const named = ranges.slice(0, MOST_RANGES).map(([a, b]) => (a === b ? `${a}` : `${a}-${b}`));
  const more = ranges.length > MOST_RANGES ? " and more" : "";
  return `${pages.length === 1 ? "page" : "pages"} ${named.join(", ")}${more}`;
}
