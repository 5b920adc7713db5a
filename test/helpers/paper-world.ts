/**
 * A world on paper for tests of the engine: the independent unique-stake oracle behind the engine's own interface.
 * One strategy, one share per token, times in seconds from 0; no chain takes part.
 */
import { NO_DEFI } from "../../src/model/defi/defi.ts";
import type { Action, PlannedAction } from "../../src/model/action.ts";
import type { ActionResult, Fact, HolderLoss } from "../../src/model/fact.ts";
import { slashName, withdrawalId } from "../../src/model/names.ts";
import type { EscrowView, WithdrawalView, WorldView } from "../../src/model/view.ts";
import type { World } from "../../src/model/world.ts";
import type { WorldSpec } from "../../src/model/world-spec.ts";
import { UniqueStakeOracle, WAD } from "./unique-stake-oracle.ts";

type SlashOrder = { set: string; operator: string; fraction: bigint; cause: string };
type Observed = {
  maxMagnitude: string;
  shares: string;
  allocatableMagnitude: string;
  encumberedMagnitude: string;
  slashableSharesInQueue: string;
  allocations: Record<string, Record<string, string | boolean>>;
};
type Observation = {
  operators: Record<string, Observed>;
  stakers: Record<string, { delegatedTo: string | null; depositScalingFactor: string }>;
};
type OpenExit = Omit<WithdrawalView, "shares"> & { readonly index: number };

/** Delegated shares that a slash of the whole allocation would take. */
function fullSlash(operator: Observed | undefined, allocation: Record<string, string | boolean> | undefined): bigint {
  if (operator === undefined || allocation?.["slashable"] !== true || operator.maxMagnitude === "0") return 0n;
  return (BigInt(operator.shares) * BigInt(allocation["currentMagnitude"] ?? 0)) / BigInt(operator.maxMagnitude);
}

export type PaperWorldOptions = {
  /** Changes what the world shows, to play a ledger that is wrong. */
  readonly distort?: (view: WorldView) => WorldView;
  readonly secondsPerUnit?: 1 | 12;
};

export class PaperWorld implements World {
  readonly info: World["info"];
  readonly #spec: WorldSpec;
  readonly #strategy: string;
  readonly #distort: (view: WorldView) => WorldView;
  readonly #oracle: UniqueStakeOracle;
  #exits: OpenExit[] = [];
  #escrows: EscrowView[] = [];
  #nonces = new Map<string, number>();
  #slashCount = new Map<string, bigint>();
  #factors = new Map<string, bigint>();
  #earned = new Map<string, bigint>();
  #claimed = new Map<string, bigint>();
  #consumed = new Set<string>();
  #ether = new Map<string, bigint>();
  #lst = new Map<string, bigint>();
  #balance = 0n;
  #validators = 10n ** 24n;
  #rate = WAD;

  constructor(spec: WorldSpec, { distort = (view) => view, secondsPerUnit = 1 }: PaperWorldOptions = {}) {
    this.#spec = spec;
    this.#strategy = spec.strategies[0]?.id ?? "lst";
    this.#distort = distort;
    const mode = secondsPerUnit === 1 ? "timestamp" : "blocknumber";
    this.info = { contractsHash: "sha256:paper", clock: { mode, start: 0n, secondsPerUnit } };
    this.#oracle = new UniqueStakeOracle({
      operators: spec.operators,
      sets: spec.sets.map(({ id }) => id),
      stakers: spec.participants.filter(({ role }) => role !== "operator").map(({ id }) => id),
      deallocationDelay: spec.delays.deallocation,
      withdrawalDelay: spec.delays.withdrawal,
    });
    this.#prepare();
  }

  #prepare(): void {
    for (const { id, delegatedTo, role, stakes, ether, lst } of this.#spec.participants) {
      this.#ether.set(id, ether);
      this.#lst.set(id, lst);
      if (delegatedTo !== null && role !== "operator") this.#oracle.delegate(id, delegatedTo);
      for (const { amount } of stakes) this.#deposit(id, amount);
    }
    for (const { id, allocations } of this.#spec.operators) {
      for (const { set, magnitude } of allocations) {
        this.#oracle.registerForSet(id, set);
        this.#oracle.allocate(id, set, magnitude);
      }
    }
  }

  #deposit(id: string, amount: bigint): void {
    this.#oracle.deposit(id, amount);
    this.#balance += amount;
  }

  perform({ time, actions }: Parameters<World["perform"]>[0]): Promise<readonly ActionResult[]> {
    this.#freeze(time);
    this.#oracle.now = time;
    return Promise.resolve(actions.map((planned) => this.#execute(planned)));
  }

  #execute(planned: PlannedAction): ActionResult {
    let facts: readonly Fact[] = [];
    const verdict = this.#oracle.attempt(() => {
      facts = this.#act(planned.agent, planned.action);
    });
    const reverted = "reverts" in verdict;
    return {
      planned,
      outcome: reverted ? { status: "reverted", error: verdict.reverts, args: {} } : { status: "ok" },
      gas: 21_000n,
      facts: reverted ? [] : facts,
    };
  }

  #act(agent: string, action: Action): readonly Fact[] {
    const oracle = this.#oracle;
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- what is not played here does nothing
    switch (action.type) {
      case "deposit":
        this.#deposit(agent, action.amount);
        this.#lst.set(agent, (this.#lst.get(agent) ?? 0n) - action.amount);
        return [
          {
            kind: "deposited",
            staker: agent,
            strategy: this.#strategy,
            tokens: action.amount,
            shares: action.amount + 0n,
          },
        ];
      case "stakeEther":
        this.#ether.set(agent, (this.#ether.get(agent) ?? 0n) - action.amount);
        this.#lst.set(agent, (this.#lst.get(agent) ?? 0n) + action.amount);
        return [];
      case "delegate":
        oracle.delegate(agent, action.operator);
        return [];
      case "undelegate":
        return this.#queued(agent, "undelegation", () => oracle.undelegate(agent));
      case "queueWithdrawal":
        return this.#queued(agent, "withdrawal", () => oracle.queueWithdrawal(agent, action.depositShares));
      case "completeWithdrawal":
        return this.#complete(agent, action);
      case "joinSet":
        oracle.registerForSet(agent, action.set);
        return [];
      case "leaveSet":
        oracle.deregisterFromSet(agent, action.set);
        return [];
      case "allocate":
        oracle.allocate(agent, action.set, action.magnitude);
        return [];
      case "slash":
        return this.#slash({ ...action, cause: action.reason });
      case "reportFault":
        return this.#report(action.fault);
      case "clearEscrow":
        return this.#clear(action);
      case "payRewards":
        return [{ kind: "rewardsPaid", set: action.set, avs: agent, amount: action.amount }];
      case "submitRewardsRoot":
        for (const { participant, amount } of action.earnings) this.#earned.set(participant, amount);
        return [];
      case "claimRewards":
        return this.#claim(agent);
      case "changeValidators":
        this.#validators += action.delta;
        return [];
      case "reportPool":
        this.#rate = (WAD * this.#validators) / 10n ** 24n;
        return [];
      default:
        return [];
    }
  }

  #claim(agent: string): readonly Fact[] {
    const amount = this.#claimable(agent);
    this.#claimed.set(agent, this.#earned.get(agent) ?? 0n);
    return [{ kind: "rewardsClaimed", participant: agent, amount }];
  }

  #claimable(agent: string): bigint {
    return (this.#earned.get(agent) ?? 0n) - (this.#claimed.get(agent) ?? 0n);
  }

  #queued(
    agent: string,
    trigger: "withdrawal" | "undelegation",
    verb: () => Record<string, bigint> | void,
  ): readonly Fact[] {
    const before = this.#oracle.withdrawals.length;
    const returned = verb();
    const made = this.#oracle.withdrawals[before];
    if (made === undefined || returned === undefined) return [];
    const nonce = (this.#nonces.get(agent) ?? 0) + 1;
    this.#nonces.set(agent, nonce);
    const window = made.start + this.#spec.delays.withdrawal;
    const exit = {
      id: withdrawalId(agent, nonce),
      staker: agent,
      operator: made.operator,
      strategy: this.#strategy,
      scaledShares: made.scaled,
      slashableUntil: window,
      completableAt: window + 1n,
    };
    this.#exits.push({ ...exit, queuedAt: made.start, index: before });
    return [{ kind: "withdrawalQueued", trigger, ...exit, shares: returned["withdrawableShares"] ?? 0n }];
  }

  #complete(agent: string, action: Extract<Action, { type: "completeWithdrawal" }>): readonly Fact[] {
    const exit = this.#exits.find(({ id }) => id === action.withdrawal);
    const shares = this.#oracle.completeWithdrawal(exit?.index ?? -1, action.receive === "tokens")["shares"] ?? 0n;
    this.#exits = this.#exits.filter(({ id }) => id !== action.withdrawal);
    const tokens = action.receive === "tokens" ? shares : 0n;
    this.#balance -= tokens;
    this.#lst.set(agent, (this.#lst.get(agent) ?? 0n) + tokens);
    const { receive, withdrawal: id } = action;
    return [{ kind: "withdrawalCompleted", id, staker: agent, strategy: this.#strategy, shares, tokens, receive }];
  }

  #report(fault: Extract<Action, { type: "reportFault" }>["fault"]): readonly Fact[] {
    const rule = this.#spec.sets.find(({ id }) => id === fault.set)?.rule;
    if (this.#consumed.has(fault.id)) this.#oracle.queueWithdrawal(fault.operator, 0n);
    this.#consumed.add(fault.id);
    const fraction = rule !== null && rule !== undefined && "slash" in rule ? rule.slash : 0n;
    return this.#slash({ ...fault, fraction, cause: fault.deed.kind });
  }

  #claims(operator: string): readonly Omit<HolderLoss, "after">[] {
    const { stakers } = this.#observe();
    const held = Object.entries(stakers)
      .filter(([, { delegatedTo }]) => delegatedTo === operator)
      .map(([holder]) => ({
        layer: holder === operator ? ("operator" as const) : ("staker" as const),
        holder,
        position: null,
        before: this.#oracle.withdrawable(holder),
      }));
    const queued = this.#exits
      .filter((exit) => exit.operator === operator && this.#oracle.now <= exit.slashableUntil)
      .map((exit) => ({
        layer: "withdrawal" as const,
        holder: exit.staker,
        position: exit.id,
        before: this.#exitShares(exit),
      }));
    return [...held, ...queued];
  }

  #exitShares(exit: OpenExit): bigint {
    const maximum = exit.operator === null ? WAD : (this.#factors.get(exit.id) ?? this.#maximum(exit.operator));
    return (exit.scaledShares * maximum) / WAD;
  }

  #maximum(operator: string): bigint {
    return BigInt(this.#observe().operators[operator]?.maxMagnitude ?? 0);
  }

  /** An exit's factor stays what it was when its window ended. */
  #freeze(time: bigint): void {
    for (const { id, operator, slashableUntil } of this.#exits) {
      if (operator !== null && time > slashableUntil && !this.#factors.has(id))
        this.#factors.set(id, this.#maximum(operator));
    }
  }

  #slash({ set, operator, fraction, cause }: SlashOrder): readonly Fact[] {
    const claims = this.#claims(operator);
    const old = this.#observe().operators[operator];
    const { slashedShares = 0n, wadSlashed = 0n } = this.#oracle.slash(operator, set, fraction);
    const now = this.#observe().operators[operator];
    if (old === undefined || now === undefined) return [];
    const slashId = (this.#slashCount.get(set) ?? 0n) + 1n;
    this.#slashCount.set(set, slashId);
    const after = new Map(this.#claims(operator).map((claim) => [claim.position ?? claim.holder, claim.before]));
    const operatorShares = BigInt(old.shares) - BigInt(now.shares);
    const releasableAt = this.#oracle.now + this.#spec.delays.release;
    if (slashedShares > 0n)
      this.#escrows.push({ set, slashId, strategy: this.#strategy, shares: slashedShares, releasableAt });
    const magnitude = (at: Observed): bigint => BigInt(at.allocations[set]?.["currentMagnitude"] ?? 0);
    const slashed = {
      strategy: this.#strategy,
      wadSlashed,
      magnitude: { before: magnitude(old), after: magnitude(now) },
      maxMagnitude: { before: BigInt(old.maxMagnitude), after: BigInt(now.maxMagnitude) },
      operatorShares,
      queueShares: slashedShares - operatorShares,
      losses: claims.map((claim) => ({ ...claim, after: after.get(claim.position ?? claim.holder) ?? claim.before })),
    };
    const wads = [fraction];
    return [{ kind: "slash", set, slashId, operator, cause, wads, strategies: [slashed], releasableAt, case: null }];
  }

  #clear({ set, slashId, strategy }: Extract<Action, { type: "clearEscrow" }>): readonly Fact[] {
    const held = this.#escrows.find((escrow) => slashName(escrow.set, escrow.slashId) === slashName(set, slashId));
    if (held === undefined || held.releasableAt > this.#oracle.now) return [];
    this.#escrows = this.#escrows.filter((escrow) => escrow !== held);
    this.#balance -= held.shares;
    const destination = this.#spec.sets.find(({ id }) => id === set)?.destination;
    const recipient = destination?.kind === "redistributed" ? destination.recipient : null;
    return [
      { kind: "escrowCleared", set, slashId, strategy, shares: held.shares, tokens: held.shares + 0n, recipient },
    ];
  }

  #observe(): Observation {
    return this.#oracle.observe() as Observation;
  }

  read(): Promise<WorldView> {
    return Promise.resolve(this.#distort(this.#view()));
  }

  #view(): WorldView {
    const { operators, stakers } = this.#observe();
    const strategy = this.#strategy;
    const totalShares = this.#balance;
    return {
      time: this.#oracle.now,
      clock: this.#oracle.now / BigInt(this.info.clock.secondsPerUnit),
      lst: {
        rate: this.#rate,
        totalEther: this.#validators,
        totalShares: 10n ** 24n,
        bunker: false,
        validatorBalance: this.#validators,
        unfinalized: 0n,
        requests: [],
      },
      strategies: { [strategy]: { totalShares, balance: this.#balance, etherPerToken: this.#rate, native: false } },
      operators: Object.fromEntries(
        Object.entries(operators).map(([id, seen]) => [
          id,
          {
            registered: true,
            allocationDelay: 0n,
            splitBips: 1000,
            strategies: {
              [strategy]: {
                shares: BigInt(seen.shares),
                maxMagnitude: BigInt(seen.maxMagnitude),
                encumbered: BigInt(seen.encumberedMagnitude),
                allocatable: BigInt(seen.allocatableMagnitude),
              },
            },
          },
        ]),
      ),
      allocations: this.#allocations(operators),
      sets: Object.fromEntries(this.#spec.sets.map((set) => [set.id, this.#setView(set, operators)])),
      stakers: Object.fromEntries(
        Object.entries(stakers).map(([id, seen]) => [
          id,
          {
            delegatedTo: seen.delegatedTo,
            ether: this.#ether.get(id) ?? 0n,
            lst: ((this.#lst.get(id) ?? 0n) * this.#rate) / WAD,
            tokens: {},
            rewardTokens: 0n,
            stakes: {
              [strategy]: {
                depositShares: this.#oracle.depositShares(id),
                scalingFactor: BigInt(seen.depositScalingFactor),
                withdrawable: this.#oracle.withdrawable(id),
                beaconFactor: WAD,
              },
            },
          },
        ]),
      ),
      withdrawals: this.#exits.map((exit) => ({ ...exit, shares: this.#exitShares(exit) })),
      escrows: this.#escrows,
      services: {},
      cases: [],
      rewards: {
        submissions: [],
        roots: [],
        claimed: Object.fromEntries(this.#claimed),
        claimable: Object.fromEntries([...this.#earned.keys()].map((id) => [id, this.#claimable(id)])),
      },
      paused: [],
      defi: NO_DEFI,
    };
  }

  #allocations(operators: Record<string, Observed>): WorldView["allocations"] {
    return Object.entries(operators).flatMap(([operator, { allocations, slashableSharesInQueue }]) =>
      Object.entries(allocations).map(([set, seen]) => ({
        operator,
        set,
        strategy: this.#strategy,
        current: BigInt(seen["currentMagnitude"] ?? 0),
        pending: BigInt(seen["pendingDiff"] ?? 0),
        effectAt: seen["effectBlock"] === "0" ? null : BigInt(seen["effectBlock"] ?? 0),
        slashableShares: fullSlash(operators[operator], seen),
        minSlashableShares: BigInt(seen["slashableShares"] ?? 0),
        slashableInQueue: BigInt(slashableSharesInQueue),
      })),
    );
  }

  #setView(set: WorldSpec["sets"][number], operators: Record<string, Observed>): WorldView["sets"][string] {
    const members = Object.entries(operators).map(([operator, { allocations }]) => {
      const slashable = allocations[set.id]?.["slashable"] === true;
      return { operator, registered: slashable, registeredAt: 0n, slashableUntil: null, slashable };
    });
    const shares = Object.values(operators).map((seen) => fullSlash(seen, seen.allocations[set.id]));
    return {
      avs: set.avs,
      strategies: set.strategies,
      members: members.filter(({ slashable }) => slashable),
      slashable: (shares.reduce((a, b) => a + b, 0n) * this.#rate) / WAD,
      slashCount: this.#slashCount.get(set.id) ?? 0n,
      slasher: set.module.kind === "direct" ? set.module.slasher : `module:${set.module.kind}`,
      pendingSlasher: null,
    };
  }

  snapshot(): Promise<void> {
    return Promise.resolve();
  }

  revert(): Promise<void> {
    return Promise.resolve();
  }
}
