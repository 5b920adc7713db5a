import type { ChainBackend, ChainSnapshot } from "../chain/chain-backend.ts";
import { ChainError } from "../errors/chain-error.ts";
import type { PlannedAction } from "../model/action.ts";
import type { ActionResult, SlashedStrategy } from "../model/fact.ts";
import type { WorldView } from "../model/view.ts";
import type { World, WorldInfo } from "../model/world.ts";
import type { Seconds } from "../units/units.ts";
import { prepareAction } from "./actions/prepare-action.ts";
import type { PreparedAction } from "./actions/prepared-action.ts";
import { readDefi } from "./defi/read-defi.ts";
import { nameInWorld } from "./facts/fact-context.ts";
import { decodeLogs, eventReaders, readFacts, type EventReaders } from "./facts/read-facts.ts";
import { previewSlash, type PreviewOrder } from "./facts/preview-slash.ts";
import { openJournal, type Journal } from "./journal.ts";
import { readRevert } from "./revert-reader.ts";
import { ACTION_GAS, performOrders, type Call, type StageOrder, type StageOutcome } from "./stage-driver.ts";
import { askWorld } from "./view/ask-world.ts";
import { buildView, lstView } from "./view/build-view.ts";
import type { RawState } from "./view/raw-state.ts";
import { Changes, changedScope, noteChanges, wholeScope } from "./view/scope.ts";
import type { WorldContext } from "./world-context.ts";

/** Actions whose effect may come later without another event. */
const UNSETTLING: ReadonlySet<string> = new Set(["setSplit", "setAllocationDelay", "registerOperator"]);

/** An action on its way. */
interface Underway {
  readonly planned: PlannedAction;
  readonly actor: string;
  readonly prepared: PreparedAction;
}

/** An action's orders: what goes before it, itself, what follows. */
function ordersOf(one: Underway): readonly { one: Underway; order: StageOrder; main: boolean }[] {
  const { actor, prepared } = one;
  const { before = [], after = [] } = prepared;
  return [
    ...before.map((order) => ({ one, order, main: false })),
    { one, order: { actor, ...prepared, probe: prepared.probe ?? null }, main: true },
    ...after.map((order) => ({ one, order, main: false })),
  ];
}

/** A world on a chain: one transaction and one read a step. */
export class ChainWorld implements World {
  readonly info: WorldInfo;
  readonly #backend: ChainBackend;
  readonly #world: WorldContext;
  readonly #readers: EventReaders;
  #journal: Journal;
  #state: RawState | undefined;
  /** Whether the state is that of the newest block. */
  /** Answers since the last block, by target and question. */
  readonly #asked = new Map<string, Promise<string>>();
  #fresh = false;
  readonly #changes = new Changes();
  #saved: { snapshot: ChainSnapshot; readonly journal: Journal } | undefined;

  constructor(backend: ChainBackend, world: WorldContext, contractsHash: string) {
    const { mode, start, secondsPerUnit } = world.clock;
    this.info = { contractsHash, clock: { mode, start, secondsPerUnit: Number(secondsPerUnit) } };
    this.#backend = backend;
    this.#world = world;
    this.#readers = eventReaders(world);
    this.#journal = openJournal(world.spec, start);
  }

  /** Addresses of all contracts, by the names that the deploy modules give them. */
  get addresses(): Readonly<Record<string, string>> {
    return this.#world.addresses;
  }

  /** Account of a participant; throws {@link ActionInvalidError} where nobody has the name. */
  accountOf(participant: string): string {
    return this.#world.book.participants.address(participant);
  }

  async read(): Promise<WorldView> {
    return buildView(this.#world, await this.#read(), this.#journal);
  }

  async perform(batch: {
    readonly time: Seconds;
    readonly actions: readonly PlannedAction[];
  }): Promise<readonly ActionResult[]> {
    const state = await this.#read();
    const clock = this.#world.clock.at(batch.time);
    if (clock <= this.#journal.clock) {
      throw new ChainError("a step", `its time ${batch.time} s does not lie after the step before`);
    }
    this.#journal.clock = clock;
    const underway: Underway[] = [];
    for (const planned of batch.actions) underway.push(await this.#prepare(planned, state));
    this.#asked.clear();
    await this.#moveTo(clock);
    this.#fresh = false;
    const orders = underway.flatMap((one) => ordersOf(one));
    const outcomes = await performOrders(
      this.#backend,
      this.#world.at("stage"),
      orders.map(({ order }) => order),
    );
    const results: ActionResult[] = [];
    for (const [index, { one, main }] of orders.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      const result = await this.#resultOf(one, outcome);
      if (main) results.push(result);
    }
    return results;
  }

  /**
   * Says who would lose how much if `operator` were slashed now.
   *
   * @param order.fraction - Fraction of the current allocation [WAD].
   * @param order.strategies - Strategies to slash; all of the set's if absent.
   * @returns What the slash would do in each strategy with an allocation; nothing changes.
   * @throws {@link ActionInvalidError} when a name is unknown, {@link SlashRefusedError} when the core would refuse.
   */
  async preview(order: PreviewOrder): Promise<readonly SlashedStrategy[]> {
    const ask = async (call: Call): Promise<string> => await this.#backend.call(call.target, call.data);
    return await previewSlash({ world: this.#world, journal: this.#journal, state: await this.#read(), ask }, order);
  }

  async snapshot(): Promise<void> {
    this.#saved = { snapshot: await this.#backend.snapshot(), journal: structuredClone(this.#journal) };
  }

  async revert(): Promise<void> {
    if (this.#saved === undefined) throw new ChainError("revert", "no state was remembered; call snapshot first");
    this.#saved.snapshot = await this.#backend.revert(this.#saved.snapshot);
    this.#journal = structuredClone(this.#saved.journal);
    this.#state = undefined;
  }

  /** Releases the chain. */
  async close(): Promise<void> {
    await this.#backend.close();
  }

  async #read(): Promise<RawState> {
    const before = this.#state;
    if (before !== undefined && this.#fresh) return before;
    const scope =
      before === undefined
        ? wholeScope(this.#world, this.#journal)
        : changedScope(this.#world, this.#journal, { state: before, changes: this.#changes });
    const state = await askWorld(this.#backend, this.#world, { scope, before });
    const changed = before === undefined ? null : new Set(this.#changes.stakers);
    const lst = lstView(state, this.#journal);
    const defi = await readDefi(this.#backend, this.#world, { lst, changed, before: before?.defi });
    this.#state = { ...state, defi };
    this.#changes.clear();
    this.#fresh = true;
    return this.#state;
  }

  async #prepare(planned: PlannedAction, state: RawState): Promise<Underway> {
    const { agent, action } = planned;
    const actor = this.#world.book.participants.address(agent);
    const ask = async (call: Call): Promise<string> => await this.#askOnce(call);
    const context = { world: this.#world, journal: this.#journal, state, agent, actor, ask };
    return { planned, actor, prepared: await prepareAction(context, action) };
  }

  /** Asks the chain between two blocks; what several participants want to know is asked once. */
  async #askOnce({ target, data }: Call): Promise<string> {
    const key = `${target} ${data}`;
    const known = this.#asked.get(key) ?? this.#backend.call(target, data);
    this.#asked.set(key, known);
    return await known;
  }

  /** Makes the next block's clock show `clock`. */
  async #moveTo(clock: bigint): Promise<void> {
    if (this.#world.clock.mode === "timestamp") {
      await this.#backend.setNextTimestamp(clock);
      return;
    }
    await this.#backend.mineTo(clock - 1n);
    const { timestamp } = await this.#backend.head();
    await this.#backend.setNextTimestamp(timestamp + this.#world.clock.secondsPerUnit);
  }

  async #resultOf({ planned, prepared }: Underway, outcome: StageOutcome): Promise<ActionResult> {
    const { gas, success, logs } = outcome;
    if (!success) {
      const nameOf = (address: string): string | null => nameInWorld(this.#world, address);
      const revert = await readRevert(outcome, prepared.gasLimit ?? ACTION_GAS, nameOf);
      return { planned, outcome: revert, gas, facts: [] };
    }
    const events = decodeLogs(this.#readers, logs);
    if (UNSETTLING.has(planned.action.type)) this.#journal.unsettled.add(planned.agent);
    noteChanges(this.#changes, this.#world, { planned, events });
    const context = { world: this.#world, journal: this.#journal, planned, prepared, outcome, events };
    return { planned, outcome: { status: "ok" }, gas, facts: readFacts(context) };
  }
}
