import type {
  RunAction,
  RunBearer,
  RunCase,
  RunEarning,
  RunExit,
  RunParticipant,
  RunRecord,
  RunRow,
  RunSlash,
} from "../../src/report/run-record.ts";

const ETHER = 10n ** 18n;
const DAY = 86_400n;
const BLOCK = 12n;
const WINDOW = 14n * DAY;
const WAD = 10n ** 18n;

/** How large a made-up run is. */
export interface FixtureSize {
  readonly services?: number;
  readonly operators?: number;
  readonly stakersPerOperator?: number;
  readonly days?: number;
  /** Name given to one of the stakers, e.g. a hostile one. */
  readonly hostileName?: string;
}

interface Plan {
  readonly services: number;
  readonly operators: number;
  readonly stakersPerOperator: number;
  readonly days: number;
  readonly hostileName: string | undefined;
}

/** Two slashes of one operator: one in the last slashable block of an exit, one just after another's. */
const SLASHES = [
  { set: "oracle", day: 23n, fraction: 30n, redistribute: true, cause: "equivocation" },
  { set: "bridge", day: 25n, fraction: 20n, redistribute: false, cause: "equivocation" },
] as const;

/** Exits of the slashed operator's stakers: when they queue, relative to the first slash less the window. */
const EXITS = [
  { offset: -3n * DAY, share: 60n },
  { offset: -12n * 3_600n, share: 100n },
  { offset: -BLOCK, share: 100n },
  { offset: 0n, share: 50n },
  { offset: 2n * DAY - BLOCK, share: 100n },
  { offset: 6n * DAY, share: 100n },
] as const;

/** Makes a small valid record: three services, two slashes, exits that escape and exits that do not. */
export function makeRunRecord(size: FixtureSize = {}): RunRecord {
  const plan: Plan = { services: 3, operators: 3, stakersPerOperator: 8, days: 60, hostileName: undefined, ...size };
  const participants = makeParticipants(plan);
  const exits = makeExits(plan, participants);
  const slashes = makeSlashes(participants, exits);
  const sets = setNames(plan).map((id, place) => ({
    id,
    avs: id,
    service: ["oracle", "availability", "bridge"][place] ?? "plain",
    rule: place < 3 ? "equivocation" : null,
    destination: id === "oracle" ? ("redistributed" as const) : ("burned" as const),
    operators: operatorNames(plan).filter((_, operator) => operator === 0 || (operator + place) % 2 === 0),
  }));
  return {
    format: "faultline-run/1",
    scenario: {
      name: "operator-fault",
      question: "A large operator equivocates on two services at once: who loses what, and who gets out in time?",
      hash: "0x5f0c7a",
    },
    contracts: { hash: "0x91d2be" },
    seed: 42,
    replay: "npm run simulate -- operator-fault --seed 42",
    parameters: {
      delays: { preset: "mainnet", withdrawal: 100_800, deallocation: 100_800 },
      operators: plan.operators,
    },
    clock: {
      mode: "blocknumber",
      start: "1000",
      withdrawalDelay: "100800",
      deallocationDelay: "100800",
      configurationDelay: "126000",
      secondsPerUnit: 12,
    },
    participants,
    operatorSets: sets,
    metrics: { depositors: { unit: "stakers", description: "stakers with a position" } },
    rows: makeRows({ plan, participants, exits, slashes, sets: sets.map(({ id, operators }) => ({ id, operators })) }),
    actions: makeActions(exits),
    slashes,
    cases: makeCases(slashes),
    exits,
    earnings: makeEarnings(participants, slashes),
    notes: [{ time: (9n * DAY).toString(), text: "operator-1 signs two prices for one round" }],
    invariants: [
      { name: "I1", sentence: "Magnitudes never exceed what an operator has.", checks: plan.days, broken: null },
      {
        name: "I6",
        sentence: "Tokens out are tokens in, less what was burned or redistributed.",
        checks: plan.days,
        broken: null,
      },
    ],
    expectations: [{ metric: "depositors", expected: "at least 1", actual: "24", passed: true }],
    passed: true,
  };
}

function setNames({ services }: Plan): string[] {
  const known = ["oracle", "availability", "bridge"];
  return Array.from({ length: services }, (_, place) => known[place] ?? `service-${(place + 1).toString()}`);
}

function operatorNames({ operators }: Plan): string[] {
  return Array.from({ length: operators }, (_, place) => `operator-${(place + 1).toString()}`);
}

function makeParticipants(plan: Plan): RunParticipant[] {
  const operators = operatorNames(plan);
  return operators.flatMap((operator, place) => {
    const weight = 2_400n / BigInt((place + 1) * (place + 1)) + 32n;
    const own = {
      id: operator,
      population: "operators",
      role: "operator" as const,
      operator,
      capital: (weight * ETHER).toString(),
    };
    const stakers = Array.from({ length: plan.stakersPerOperator }, (_, staker) => ({
      id:
        place === 0 && staker === 7 && plan.hostileName !== undefined
          ? plan.hostileName
          : `stakers-${(place * plan.stakersPerOperator + staker + 1).toString()}`,
      population: "stakers",
      role: "staker" as const,
      operator,
      capital: ((weight * ETHER * BigInt(5 + ((staker * 7) % 11))) / 3n).toString(),
    }));
    return [own, ...stakers];
  });
}

function makeExits(plan: Plan, participants: readonly RunParticipant[]): RunExit[] {
  const leavers = participants.filter(({ role, operator }) => role === "staker" && operator === "operator-1");
  return EXITS.flatMap(({ offset, share }, place) => {
    const leaver = leavers[place];
    return leaver === undefined
      ? []
      : [
          makeExit({
            leaver,
            share,
            queuedAt: SLASHES[0].day * DAY - WINDOW + offset,
            end: BigInt(plan.days) * DAY,
            place,
          }),
        ];
  });
}

interface ExitPlan {
  readonly leaver: RunParticipant;
  readonly share: bigint;
  readonly queuedAt: bigint;
  readonly end: bigint;
  readonly place: number;
}

function makeExit({ leaver, share, queuedAt, end, place }: ExitPlan): RunExit {
  const until = queuedAt + WINDOW;
  const requested = (BigInt(leaver.capital) * share) / 100n;
  const hits = SLASHES.filter(({ day }) => day * DAY >= queuedAt && day * DAY <= until);
  const left = hits.reduce((value, { fraction }) => value - (value * fraction) / 100n, requested);
  const completedAt = until + BLOCK + 3_600n <= end ? until + BLOCK + 3_600n : null;
  return {
    id: `withdrawal-${(place + 1).toString()}`,
    holder: leaver.id,
    operator: "operator-1",
    strategy: "steth",
    trigger: place === 4 ? "undelegation" : "withdrawal",
    queuedAt: queuedAt.toString(),
    slashableUntil: until.toString(),
    completableAt: (until + BLOCK).toString(),
    completedAt: completedAt?.toString() ?? null,
    requested: requested.toString(),
    received: completedAt === null ? null : left.toString(),
    lost: (requested - left).toString(),
    hitBy: hits.map(({ set }) => `${set}#1`),
    escaped: SLASHES.filter((slash) => !hits.includes(slash)).map(({ set, day }) => ({
      slash: `${set}#1`,
      why: `The window closed ${(day * DAY - until).toString()} s before the slash.`,
    })),
  };
}

function makeSlashes(participants: readonly RunParticipant[], exits: readonly RunExit[]): RunSlash[] {
  let magnitude = WAD;
  const gone = new Map<string, bigint>();
  return SLASHES.map((slash) => {
    const time = slash.day * DAY;
    const bearers: RunBearer[] = [];
    const bear = (who: Pick<RunBearer, "layer" | "holder" | "position">, value: bigint): void => {
      if (value > 0n) bearers.push({ ...who, shares: value.toString(), value: value.toString() });
    };
    for (const { id, role, capital } of participants.filter(({ operator }) => operator === "operator-1")) {
      const queued = exits.find(({ holder, queuedAt }) => holder === id && BigInt(queuedAt) <= time);
      const value = ((BigInt(capital) - BigInt(queued?.requested ?? 0) - (gone.get(id) ?? 0n)) * slash.fraction) / 100n;
      bear({ layer: role === "operator" ? "operator" : "staker", holder: id, position: null }, value);
      gone.set(id, (gone.get(id) ?? 0n) + value);
      if (queued?.hitBy.includes(`${slash.set}#1`) === true) {
        const before =
          slash.set === "bridge" && queued.hitBy.includes("oracle#1")
            ? (BigInt(queued.requested) * 70n) / 100n
            : BigInt(queued.requested);
        bear({ layer: "withdrawal", holder: id, position: queued.id }, (before * slash.fraction) / 100n);
      }
    }
    bear({ layer: "dust", holder: "rounding", position: null }, 3n);
    const total = bearers.reduce((value, bearer) => value + BigInt(bearer.value), 0n);
    const queue = bearers
      .filter(({ layer }) => layer === "withdrawal")
      .reduce((value, bearer) => value + BigInt(bearer.value), 0n);
    const before = magnitude;
    magnitude = (magnitude * (100n - slash.fraction)) / 100n;
    return {
      id: `${slash.set}#1`,
      step: Number(slash.day),
      time: time.toString(),
      clock: (1000n + time / BLOCK).toString(),
      set: slash.set,
      operator: "operator-1",
      strategy: "steth",
      cause: slash.cause,
      wad: WAD.toString(),
      wadSlashed: ((WAD * slash.fraction) / 100n).toString(),
      maxMagnitude: { before: before.toString(), after: magnitude.toString() },
      shares: { operator: (total - queue).toString(), queue: queue.toString(), total: total.toString() },
      value: total.toString(),
      bearers,
      destination: {
        kind: slash.redistribute ? ("redistributed" as const) : ("burned" as const),
        recipient: slash.redistribute ? "oracle-users" : null,
        burned: slash.redistribute ? "0" : total.toString(),
        redistributed: slash.redistribute ? ((total * 3n) / 4n).toString() : "0",
        escrow: slash.redistribute ? (total - (total * 3n) / 4n).toString() : "0",
        releasableAt: (time + 7n * DAY).toString(),
      },
    };
  });
}

function makeCases(slashes: readonly RunSlash[]): RunCase[] {
  const slashed = slashes.map((slash, place) => ({
    id: `case-${(place + 1).toString()}`,
    set: slash.set,
    operator: slash.operator,
    rule: "equivocation",
    module: "veto" as const,
    faultAt: (9n * DAY).toString(),
    reportedAt: (BigInt(slash.time) - 3n * DAY).toString(),
    vetoableUntil: (BigInt(slash.time) - BLOCK).toString(),
    executableFrom: slash.time,
    expiresAt: (BigInt(slash.time) + 4n * DAY).toString(),
    closedAt: slash.time,
    result: "slashed" as const,
    reason: "two prices signed for one round",
    slash: slash.id,
  }));
  const vetoed: RunCase = {
    id: "case-3",
    set: "availability",
    operator: "operator-2",
    rule: "downtime",
    module: "veto",
    faultAt: (16n * DAY).toString(),
    reportedAt: (17n * DAY).toString(),
    vetoableUntil: (20n * DAY).toString(),
    executableFrom: (20n * DAY + BLOCK).toString(),
    expiresAt: (24n * DAY).toString(),
    closedAt: (19n * DAY).toString(),
    result: "vetoed",
    reason: "the committee found the outage excused",
    slash: null,
  };
  return [...slashed, vetoed];
}

interface RowPlan {
  readonly plan: Plan;
  readonly participants: readonly RunParticipant[];
  readonly exits: readonly RunExit[];
  readonly slashes: readonly RunSlash[];
  readonly sets: readonly { readonly id: string; readonly operators: readonly string[] }[];
}

function makeRows({ plan, participants, exits, slashes, sets }: RowPlan): RunRow[] {
  return Array.from({ length: plan.days + 1 }, (_, step) => {
    const time = BigInt(step) * DAY;
    const past = slashes.filter((slash) => BigInt(slash.time) <= time);
    const queued = exits.filter(({ queuedAt }) => BigInt(queuedAt) <= time);
    const stakeOf = (operator: string): bigint => {
      const whole = participants
        .filter((item) => item.operator === operator)
        .reduce((total, { capital }) => total + BigInt(capital), 0n);
      if (operator !== "operator-1") return whole + (whole * BigInt(step)) / 4_000n;
      const left = queued.reduce((total, { requested }) => total - BigInt(requested), whole);
      return past.reduce((total, slash) => total - BigInt(slash.shares.operator), left);
    };
    const destinations = past.map(({ destination }) => destination);
    const total = (key: "burned" | "redistributed" | "escrow"): string =>
      destinations.reduce((all, destination) => all + BigInt(destination[key]), 0n).toString();
    return {
      step,
      time: time.toString(),
      clock: (1000n + time / BLOCK).toString(),
      restaked: operatorNames(plan)
        .reduce((all, operator) => all + stakeOf(operator), 0n)
        .toString(),
      queued: queued
        .filter(({ completedAt }) => completedAt === null || BigInt(completedAt) > time)
        .reduce((all, { requested }) => all + BigInt(requested), 0n)
        .toString(),
      escrow: total("escrow"),
      burned: total("burned"),
      redistributed: total("redistributed"),
      lstRate: (WAD + (WAD * BigInt(step)) / 10_000n).toString(),
      security: Object.fromEntries(
        sets.map(({ id, operators }) => [
          id,
          (operators.reduce((all, operator) => all + stakeOf(operator), 0n) / BigInt(sets.length)).toString(),
        ]),
      ),
      metrics: { depositors: participants.length.toString() },
    };
  });
}

function makeActions(exits: readonly RunExit[]): RunAction[] {
  const queue = exits.map((exit, order) => ({
    step: Number(BigInt(exit.queuedAt) / DAY),
    order,
    agent: exit.holder,
    origin: "agent" as const,
    type: "queueWithdrawal",
    args: { strategy: exit.strategy, shares: exit.requested },
    outcome: { status: "ok" as const },
    gas: "182000",
  }));
  return [
    ...queue,
    {
      step: 24,
      order: 0,
      agent: exits[0]?.holder ?? "stakers-1",
      origin: "agent",
      type: "completeWithdrawal",
      args: { withdrawal: "withdrawal-4" },
      outcome: {
        status: "reverted",
        error: "OperatorDelegationWithdrawalNotReady",
        args: { completableAt: "101801", now: "101800" },
      },
      gas: "41000",
    },
  ];
}

function makeEarnings(participants: readonly RunParticipant[], slashes: readonly RunSlash[]): RunEarning[] {
  return participants.map(({ id, capital }) => {
    const staking = (BigInt(capital) * 5n) / 1_000n;
    const fees = (BigInt(capital) * 3n) / 1_000n;
    const losses = slashes.flatMap(({ id: slash, bearers }) => {
      const amount = bearers
        .filter(({ holder }) => holder === id)
        .reduce((total, { value }) => total + BigInt(value), 0n);
      return amount === 0n ? [] : [{ slash, amount: amount.toString() }];
    });
    const net = losses.reduce((total, { amount }) => total - BigInt(amount), staking + fees);
    return {
      participant: id,
      capital,
      income: [
        { payer: "staking", amount: staking.toString() },
        { payer: "oracle", amount: fees.toString() },
      ],
      losses,
      net: net.toString(),
      plainStaking: staking.toString(),
    };
  });
}
