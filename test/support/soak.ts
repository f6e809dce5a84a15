/**
 * Whether long tests take their full length: `npm run soak`. Otherwise they do as much of each kind
 * as shows it.
 */
export const soaks = process.env.LLM_LAB_SOAK !== undefined;
