import {
  closeSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { extname } from "node:path";
import { LabError, reasonOf } from "../errors.ts";
import { formatBytes } from "../format.ts";
import { packageVersion } from "../package-file.ts";
import { placeToWrite, WITHOUT_WAITING } from "../plain-file.ts";
import { REPORT_MARK } from "../report/mark.ts";
import type { ReportFormat } from "../report/report.ts";
import type { LabEvent } from "../trace/events.ts";

const FORMATS: Record<string, ReportFormat> = {
  ".html": "html",
  ".htm": "html",
  ".md": "markdown",
  ".markdown": "markdown",
};

/** A file that a report will be written to; the one that is there stays until the new is whole. */
export class ReportFile {
  readonly #path: string;
  readonly #flag: string;
  readonly #format: ReportFormat;

  /**
   * @param flag the flag that named the path, for errors
   * @throws LabError, before anything is written, where it cannot be
   */
  constructor(path: string, flag: string) {
    const format = FORMATS[extname(path).toLowerCase()];
    if (format === undefined)
      throw new LabError(
        `${path} is not the name of a report`,
        `A report is HTML or Markdown: ${flag} out.html, or ${flag} out.md.`,
        2,
      );
    this.#format = format;
    this.#flag = flag;
    this.#path = placeToWrite(path, { what: "report", flag });
    this.#refuseOthers();
    this.#try((part) => writeFileSync(part, ""), 2);
    rmSync(this.#part, { force: true });
  }

  /** Writes the report of a run. @returns what to tell of it @throws BrokenEvent, LabError */
  async write(events: readonly LabEvent[], now: Date, whole: string): Promise<string> {
    const { reportOf } = await import("../report/report.ts");
    const of = { format: this.#format, now, version: packageVersion(), whole };
    const text = reportOf(events, of);
    this.#try((part) => {
      writeFileSync(part, text);
      renameSync(part, this.#path);
    });
    return `The report is in ${this.#path} (${formatBytes(Buffer.byteLength(text))}).`;
  }

  get #part(): string {
    return `${this.#path}.${process.pid}.part`;
  }

  /** What is there already is written over only where it is a report, too. */
  #refuseOthers(): void {
    const size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0 && !beginningOf(this.#path).includes(REPORT_MARK))
      throw new LabError(
        `${this.#path} is there already, and is not a report of llm-lab`,
        `Choose another path after ${this.#flag}, or move that file away.`,
        2,
      );
  }

  #try(write: (part: string) => void, exitCode = 1): void {
    try {
      write(this.#part);
    } catch (error) {
      rmSync(this.#part, { force: true });
      throw new LabError(
        `The report ${this.#path} cannot be written: ${reasonOf(error)}`,
        `Check the path after ${this.#flag}, and the space on the disk.`,
        exitCode,
      );
    }
  }
}

function beginningOf(path: string): string {
  const file = openSync(path, WITHOUT_WAITING);
  try {
    const bytes = Buffer.alloc(200);
    return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
