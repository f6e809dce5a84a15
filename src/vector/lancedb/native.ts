import { findLabError, LabError } from "../../errors.ts";

/** @throws LabError where LanceDB, which has a native part, was not installed for this machine */
export async function requireLance(): Promise<void> {
  try {
    await import("@lancedb/lancedb");
    await import("apache-arrow");
  } catch (cause) {
    const known = findLabError(cause);
    if (known) throw known;
    throw new LabError(
      `LanceDB is missing: it has no native part for ${process.platform} on ${process.arch}, or it was not installed`,
      "Install llm-lab without --omit=optional, or take another store: --store memory needs nothing, --store postgres://… and --store http://… a server.",
      1,
      { cause },
    );
  }
}
