/** Stands near the start of each report: a file without it is never overwritten by a report. */
export const REPORT_MARK = "<!-- llm-lab report -->";
