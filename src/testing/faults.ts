import { FAULTS, faultyWire } from "../model/fault.ts";
import { REFUSALS, type Refusal, refusingFirst } from "../xray/refusing.ts";
import type { Answer, Asked } from "./endpoint.ts";
import type { FaultKind } from "./types.ts";

/** All kinds, as `--fault` knows them. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...FAULTS.filter((kind) => kind !== "none"),
  ...REFUSALS,
];

/** Answers that are spoilt in one way. @throws Error for a kind that is not known */
export function spoilt(answer: Answer, fault: FaultKind | undefined): Answer {
  if (fault === undefined) return answer;
  if (!FAULT_KINDS.includes(fault))
    throw new Error(`"${fault}" is not a fault. Available: ${FAULT_KINDS.join(", ")}.`);
  const asking = new WeakMap<RequestInit, Asked>();
  const wire: typeof fetch = (_input, init) => answer(asking.get(init as RequestInit) as Asked);
  const faulty = isRefusal(fault) ? refusingFirst(wire, fault) : faultyWire(wire, fault);
  return (asked) => {
    asking.set(asked.init, asked);
    return faulty(asked.url, asked.init);
  };
}

const isRefusal = (fault: FaultKind): fault is Refusal =>
  REFUSALS.some((refusal) => refusal === fault);
