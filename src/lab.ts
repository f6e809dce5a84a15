/** All that a lesson imports from llm-lab. */
export { choice, integer, number, text } from "./lesson/params.ts";
export { lesson, section } from "./lesson/section.ts";
export { FAULTS } from "./model/fault.ts";
export type { Totals } from "./trace/events.ts";
