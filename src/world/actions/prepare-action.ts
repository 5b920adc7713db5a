import type { Action, CoreAction } from "../../model/action.ts";
import type { DefiAction } from "../../model/defi/defi.ts";
import { contracts } from "../contracts.ts";
import { prepareDefiAction } from "../defi/preparers.ts";
import type { Call } from "../stage-driver.ts";
import { executeAction, reportAction, resolveAction, slashAction, vetoAction } from "./justice-actions.ts";
import * as keeper from "./keeper-actions.ts";
import * as operator from "./operator-actions.ts";
import type { ActionContext, PreparedAction } from "./prepared-action.ts";
import * as service from "./service-actions.ts";
import * as staker from "./staker-actions.ts";

/** Gas of leaving an operator: one withdrawal per strategy. */
const UNDELEGATE_GAS = 30_000_000n;
/** Gas of an action of several calls. */
const SEVERAL_GAS = 12_000_000n;

const one = (call: Call, gasLimit?: bigint): PreparedAction =>
  gasLimit === undefined ? { calls: [call] } : { calls: [call], gasLimit };
const several = (calls: readonly Call[]): PreparedAction => ({ calls, gasLimit: SEVERAL_GAS });

type Preparers = {
  readonly [T in CoreAction["type"]]: (
    context: ActionContext,
    action: Extract<CoreAction, { type: T }>,
  ) => PreparedAction | Promise<PreparedAction>;
};

/** The one place that knows every action of the core: a new one that is missing here does not compile. */
const preparers: Preparers = {
  stakeEther: ({ world }, { amount: value }) =>
    one({ target: world.at("lst"), data: contracts.lst.encode("submit", []), value }),
  requestUnstake: (context, action) => several(staker.unstakeCalls(context, action)),
  claimUnstake: ({ world, actor }, { request }) =>
    one({ target: world.at("queue"), data: contracts.unstakeQueue.encode("claim", [request, actor]) }),
  deposit: (context, action) => several(staker.depositCalls(context, action)),
  delegate: (context, { operator: to }) => one(staker.delegationCall(context, "delegate", to), SEVERAL_GAS),
  undelegate: (context) => one(staker.undelegateCall(context, context.agent), UNDELEGATE_GAS),
  redelegate: (context, { operator: to }) => one(staker.delegationCall(context, "redelegate", to), UNDELEGATE_GAS),
  forceUndelegate: (context, action) => one(staker.undelegateCall(context, action.staker), UNDELEGATE_GAS),
  queueWithdrawal: (context, action) => one(staker.queueCall(context, action)),
  completeWithdrawal: (context, action) => one(staker.completeCall(context, action)),
  claimRewards: (context) => several(keeper.claimCalls(context)),

  registerOperator: (context, action) => several(operator.registerCalls(context, action)),
  setAllocationDelay: ({ world }, { delay }) =>
    one({
      target: world.at("allocationManager"),
      data: contracts.allocations.encode("setAllocationDelay", [world.clock.units(delay)]),
    }),
  joinSet: (context, { set }) => one(operator.joinCall(context, set)),
  leaveSet: (context, { set }) => one(operator.leaveCall(context, set)),
  allocate: (context, action) => one(operator.allocateCall(context, action)),
  clearDeallocationQueue: (context, action) => one(operator.clearQueueCall(context, action), UNDELEGATE_GAS),
  setSplit: (context, action) => one(operator.splitCall(context, action)),

  heartbeat: (context, { set }) => several(service.heartbeatCalls(context, set)),
  submitPrice: (context, action) => several(service.priceCalls(context, action)),
  attestData: (context, action) => ({ ...service.dataAction(context, action), gasLimit: SEVERAL_GAS }),
  attestRelease: (context, action) => several(service.releaseCalls(context, action)),
  openRound: (context, { set }) => service.openRoundAction(context, set),

  reportFault: async (context, { fault }) => await reportAction(context, fault),
  vetoCase: (context, action) => vetoAction(context, action.case),
  // The challenge itself is an announcement; the judge's opinion moves the bond (see resolveCase).
  challengeCase: () => ({ calls: [] }),
  resolveCase: async (context, action) => await resolveAction(context, action),
  executeCase: (context, action) => executeAction(context, action.case),
  slash: (context, action) => slashAction(context, action),

  reportPool: (context) => several(keeper.reportPoolCalls(context)),
  changeValidators: (context, { delta }) => one(keeper.changeValidatorsCall(context, delta)),
  finalizeUnstakes: (context) => one(keeper.finalizeCall(context), UNDELEGATE_GAS),
  creditPod: (context, action) => one(keeper.changePodCall(context, action)),
  changePod: (context, action) => one(keeper.changePodCall(context, action)),
  checkpointPod: (context, action) => one(keeper.checkpointCall(context, action)),
  proveStalePod: (context, action) => one(keeper.checkpointCall(context, action)),
  clearEscrow: (context, action) => one(keeper.clearEscrowCall(context, action)),
  payRewards: (context, action) => several(keeper.payRewardsCalls(context, action)),
  submitRewardsRoot: (context, action) => several(keeper.submitRootCalls(context, action)),
  disableRewardsRoot: ({ world }, { index }) =>
    one({ target: world.at("rewards"), data: contracts.rewards.encode("disableRoot", [BigInt(index)]) }),
  setSlasher: (context, action) => one(keeper.proposeSlasherCall(context, action)),
  pause: (context, action) => several(keeper.pauseCalls(context, action)),
  donate: (context, action) => one(keeper.donateCall(context, action)),
};

/**
 * Turns an action into contract calls.
 *
 * @throws {@link ActionInvalidError} when it names somebody or something that this world does not have.
 */
export async function prepareAction(context: ActionContext, action: Action): Promise<PreparedAction> {
  return isCoreAction(action)
    ? await preparers[action.type](context, action as never)
    : await prepareDefiAction(context, action);
}

function isCoreAction(action: CoreAction | DefiAction): action is CoreAction {
  return action.type in preparers;
}
