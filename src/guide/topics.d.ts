/** What `llm-lab help` finds sections by, by their ids, made by scripts/lesson-source.mjs. */
declare module "lab:topics" {
  import type { SectionTopics } from "./sections.ts";

  const topics: Record<string, SectionTopics>;
  export default topics;
}
