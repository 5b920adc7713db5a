import type { Seconds, Wad, Wei, Shares, Magnitude } from "../units/units.ts";
import type { DefiAction } from "./defi/defi.ts";
import type { Fault } from "./fault.ts";

/** Functions that can be paused, by the contract that holds them. */
export type PausableFunction =
  | "deposit"
  | "delegate"
  | "queueWithdrawal"
  | "completeWithdrawal"
  | "allocate"
  | "register"
  | "deregister"
  | "slash"
  | "clearEscrow"
  | "claimRewards"
  | "lstStake"
  | "lstRequest"
  | "lstClaim"
  | "lstReport";

/** What a staker (operators are stakers too) can want. */
export type StakerAction =
  /** Ether of the wallet becomes liquid staking tokens. */
  | { readonly type: "stakeEther"; readonly amount: Wei }
  /** Liquid staking tokens enter the LST's own withdrawal queue [wei of ether at today's rate]. */
  | { readonly type: "requestUnstake"; readonly amount: Wei }
  | { readonly type: "claimUnstake"; readonly request: bigint }
  /** Tokens of the strategy's asset become shares; the token approval is part of it. */
  | { readonly type: "deposit"; readonly strategy: string; readonly amount: Wei }
  | { readonly type: "delegate"; readonly operator: string }
  | { readonly type: "undelegate" }
  | { readonly type: "redelegate"; readonly operator: string }
  | { readonly type: "queueWithdrawal"; readonly strategy: string; readonly depositShares: Shares }
  | { readonly type: "completeWithdrawal"; readonly withdrawal: string; readonly receive: "tokens" | "shares" }
  /** Claims everything that active reward roots hold for the actor. */
  | { readonly type: "claimRewards" };

/** What an operator can want. */
export type OperatorAction =
  | { readonly type: "registerOperator"; readonly allocationDelay: Seconds }
  | { readonly type: "setAllocationDelay"; readonly delay: Seconds }
  | { readonly type: "joinSet"; readonly set: string }
  | { readonly type: "leaveSet"; readonly set: string }
  /** Sets the magnitude of one allocation, up or down. */
  | { readonly type: "allocate"; readonly set: string; readonly strategy: string; readonly magnitude: Magnitude }
  | { readonly type: "clearDeallocationQueue"; readonly strategy: string; readonly count: number }
  /** Undelegates one of the operator's stakers. */
  | { readonly type: "forceUndelegate"; readonly staker: string }
  /** Share of the set's rewards the operator keeps [basis points]; set null: default for all. */
  | { readonly type: "setSplit"; readonly set: string | null; readonly bips: number };

/** What an operator does for a service, faults included. */
export type TaskAction =
  | { readonly type: "heartbeat"; readonly set: string }
  | { readonly type: "submitPrice"; readonly set: string; readonly round: bigint; readonly price: Wad }
  /** Attests to published data; who withholds it does not reveal it when it is asked for, as all others do. */
  | { readonly type: "attestData"; readonly set: string; readonly task: bigint; readonly withhold?: boolean }
  | {
      readonly type: "attestRelease";
      readonly set: string;
      readonly release: bigint;
      readonly amount: Wei;
      readonly genuine: boolean;
    };

/** What leads from a fault to a slash; the actor is a watcher, the committee, the AVS or anyone. */
export type JusticeAction =
  /** Gives the evidence of `fault` to the set's slasher module (and its bond, where the module asks one). */
  | { readonly type: "reportFault"; readonly fault: Fault }
  | { readonly type: "vetoCase"; readonly case: string }
  | { readonly type: "challengeCase"; readonly case: string }
  /** Decides a challenged optimistic case. */
  | { readonly type: "resolveCase"; readonly case: string; readonly guilty: boolean }
  /** Executes a case whose window has passed. */
  | { readonly type: "executeCase"; readonly case: string }
  /** Slashes without a case; the actor must be the set's slasher. Strategies null: all of the set's. */
  | {
      readonly type: "slash";
      readonly set: string;
      readonly operator: string;
      readonly fraction: Wad;
      readonly strategies: readonly string[] | null;
      readonly reason: string;
    };

/** What administrators, reporters and keepers can want. */
export type KeeperAction =
  /** Reports the mock validators' balances to the LST. */
  | { readonly type: "reportPool" }
  /** Changes the mock validators' balances: rewards above zero, penalties below. */
  | { readonly type: "changeValidators"; readonly delta: Wei }
  | { readonly type: "finalizeUnstakes" }
  /** The AVS (the actor) opens the next round, task or topic of its service. */
  | { readonly type: "openRound"; readonly set: string }
  | { readonly type: "creditPod"; readonly staker: string; readonly gwei: bigint }
  /** Changes the balance behind a staker's mock pod [gwei]; `slashed` flags the validator. */
  | { readonly type: "changePod"; readonly staker: string; readonly gwei: bigint; readonly slashed: boolean }
  | { readonly type: "checkpointPod"; readonly staker: string }
  | { readonly type: "proveStalePod"; readonly staker: string }
  /** Sends one slash's escrow on its way once its delay has passed. */
  | { readonly type: "clearEscrow"; readonly set: string; readonly slashId: bigint; readonly strategy: string }
  /** The AVS (the actor) pays `amount` of the reward token to its set for a period that lies behind. */
  | {
      readonly type: "payRewards";
      readonly set: string;
      readonly amount: Wei;
      readonly from: Seconds;
      readonly until: Seconds;
    }
  /** Publishes cumulative earnings; the engine fills `earnings` from its own snapshots. */
  | {
      readonly type: "submitRewardsRoot";
      readonly until: Seconds;
      readonly earnings: readonly { readonly participant: string; readonly amount: Wei }[];
    }
  | { readonly type: "disableRewardsRoot"; readonly index: number }
  /** The AVS (the actor) opens the next round of its service: a price round, a task, a question to sign. */

  /** Proposes the set's next slasher; it takes effect after the configuration delay. */
  | { readonly type: "setSlasher"; readonly set: string; readonly slasher: string }
  | { readonly type: "pause"; readonly functions: readonly PausableFunction[]; readonly paused: boolean }
  /** Gives tokens of a strategy's asset to the strategy without shares (a donation). */
  | { readonly type: "donate"; readonly strategy: string; readonly amount: Wei };

/** Everything a participant can want: plain data, ids and names instead of addresses. */
export type Action = CoreAction | DefiAction;

/** What the restaking core and the liquid staking token offer. */
export type CoreAction = StakerAction | OperatorAction | TaskAction | JusticeAction | KeeperAction;

/** An action with who wants it and why it is in the step. */
export interface PlannedAction {
  /** Participant that sends it. */
  readonly agent: string;
  readonly origin: "agent" | "shock" | "engine";
  readonly action: Action;
}
