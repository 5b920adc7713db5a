import { defineAgent } from "../agent.ts";

/** Does nothing by itself: a member for the timeline to act through. */
export const observer = defineAgent<object>({ name: "observer", role: "observer", decide: () => [] });
