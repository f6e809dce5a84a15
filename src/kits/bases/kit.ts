import type { Kit } from "../../lesson/kit.ts";

interface BasesPort {
  /** models that only continue text: the tiny one, and a real one where it is named */
  baseModels: string[];
}

interface BaseTools {
  /** Models that only continue text: the tiny one, and a real one where it is named. */
  baseModels: string[];
}

/** For sections that compare base models. */
export const bases: Kit<BasesPort, BaseTools> = {
  name: "bases",
  open: async ({ baseModels }) => {
    return () => ({ baseModels });
  },
  estimate: async ({ baseModels }) => {
    return () => ({ baseModels: baseModels.map(() => "tiny-base") });
  },
};
