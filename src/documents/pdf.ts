import { extractText, getDocumentProxy } from "unpdf";
import { type Section, Unreadable } from "./sections.ts";

/** The text of each page of a PDF; pages that are only pictures have none. */
export async function pagesOf(bytes: Uint8Array): Promise<Section[]> {
  try {
    // pdf.js takes the bytes away from whoever gives them to it, so it gets a copy; 0 keeps it from printing warnings
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    const { text } = await extractText(pdf, { mergePages: false });
    await pdf.cleanup();
    return text
      .map((page, at) => ({ heading: "", text: page, page: at + 1 }))
      .filter((page) => page.text.trim() !== "");
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw new Unreadable(isLocked ? "locked with a password" : "no PDF that can be read");
  }
}
