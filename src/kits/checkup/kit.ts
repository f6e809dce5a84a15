import type { Kit } from "../../lesson/kit.ts";

interface CheckupPort {
  /** what `llm-lab doctor` finds, as a table */
  examine(): Promise<{ title: string; columns: string[]; rows: string[][] }>;
}

interface CheckupTools {
  /** Shows what `llm-lab doctor` finds. */
  doctor(): Promise<void>;
}

/** For sections about setting up. */
export const checkup: Kit<CheckupPort, CheckupTools> = {
  name: "checkup",
  open: async ({ examine }) => {
    return ({ emit }) => ({
      doctor: async () => emit({ type: "table-shown", ...(await examine()) }),
    });
  },
  // The doctor calls the endpoint, which an estimate must not.
  estimate: async () => {
    return () => ({ doctor: async () => {} });
  },
};
