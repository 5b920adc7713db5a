import { cascade, OTHERS } from "./scenario.ts";

/** What `bench/sweep.ts` sweeps. */
export default cascade({ loopers: 50 - OTHERS, steps: 200 });
