import { days, equivocate, execute, hours, report, seconds, veto, type TimelineEntry } from "../../src/index.ts";

/** The fault, the first withdrawal after it, and the last block in which a slash still reaches that withdrawal. */
export const FAULT = days(5);
export const REACTION = hours(6);
const LAST_SLASHABLE = FAULT + REACTION + days(14);
const NEXT_BLOCK = LAST_SLASHABLE + seconds(12);
/** How long the council may think; the bridge's report comes so late that its slash falls on the next block. */
export const VETO_WINDOW = days(3);

type Population = "majors" | "minors" | "watcher" | "council";
type Service = "availability" | "bridge" | "oracle";

export const timeline: readonly TimelineEntry<Population, Service>[] = [
  {
    at: FAULT,
    shock: equivocate({ operator: "majors-1", sets: ["availability", "bridge"] }),
    note: "majors-1 signs contradicting statements on availability and on bridge",
  },
  {
    at: days(7),
    shock: equivocate({ operator: "minors-3", sets: ["oracle"] }),
    note: "minors-3 runs its key on two machines by mistake",
  },
  { at: days(8), shock: report({ by: "watcher", operator: "minors-3", set: "oracle" }) },
  {
    at: days(9),
    shock: veto({ by: "council", set: "oracle" }),
    note: "the council forgives minors-3 within its three days",
  },
  {
    at: NEXT_BLOCK - VETO_WINDOW,
    shock: report({ by: "watcher", operator: "majors-1", set: "bridge" }),
    note: "majors-1 is reported on bridge: three days for a veto",
  },
  {
    at: LAST_SLASHABLE,
    shock: report({ by: "watcher", operator: "majors-1", set: "availability" }),
    note: "availability slashes majors-1 in the last block that reaches lrtA's withdrawal",
  },
  {
    at: NEXT_BLOCK,
    shock: veto({ by: "council", set: "bridge" }),
    note: "the council's veto on bridge comes one block too late",
  },
  {
    at: NEXT_BLOCK,
    shock: execute({ by: "watcher", set: "bridge" }),
    note: "bridge slashes majors-1 one block later: lrtA's withdrawal is out of reach",
  },
];
