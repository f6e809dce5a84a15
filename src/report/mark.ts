/** Stands near the start of each report, so that one is never written over something else. */
export const REPORT_MARK = "<!-- llm-lab report -->";
