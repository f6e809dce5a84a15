/** A file that cannot be read as what its name says; the message says why, in a few words. */
export class Unreadable extends Error {}

/** Why a file or folder cannot be read, in a few words. */
export function whyUnread(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return "no permission to read it";
  if (code === "ENOENT") return "gone, or its name cannot be read";
  return code === undefined ? "cannot be read" : `cannot be read (${code})`;
}

/** Whether the program itself is broken, a package missing, and not the file that was read. */
export function isOurFault(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return /^(?:ERR_)?MODULE_NOT_FOUND$|^ERR_PACKAGE|^ERR_DLOPEN/.test(code);
}

/** The system's code for a failure, such as ENOENT; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
