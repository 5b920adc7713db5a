import type { Action } from "../../model/action.ts";
import { contracts } from "../contracts.ts";
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

/**
 * Turns an action into contract calls: the one place that knows every action.
 *
 * @throws {@link ActionInvalidError} when it names somebody or something that this world does not have.
 */
export async function prepareAction(context: ActionContext, action: Action): Promise<PreparedAction> {
  const { at } = context.world;
  switch (action.type) {
    case "stakeEther":
      return one({ target: at("lst"), data: contracts.lst.encode("submit", []), value: action.amount });
    case "requestUnstake":
      return several(staker.unstakeCalls(context, action));
    case "claimUnstake": {
      const data = contracts.unstakeQueue.encode("claim", [action.request, context.actor]);
      return one({ target: at("queue"), data });
    }
    case "deposit":
      return several(staker.depositCalls(context, action));
    case "delegate":
      return one(staker.delegationCall(context, "delegate", action.operator), SEVERAL_GAS);
    case "undelegate":
      return one(staker.undelegateCall(context, context.agent), UNDELEGATE_GAS);
    case "redelegate":
      return one(staker.delegationCall(context, "redelegate", action.operator), UNDELEGATE_GAS);
    case "forceUndelegate":
      return one(staker.undelegateCall(context, action.staker), UNDELEGATE_GAS);
    case "queueWithdrawal":
      return one(staker.queueCall(context, action));
    case "completeWithdrawal":
      return one(staker.completeCall(context, action));
    case "claimRewards":
      return several(keeper.claimCalls(context));
    case "registerOperator":
      return several(operator.registerCalls(context, action));
    case "setAllocationDelay": {
      const data = contracts.allocations.encode("setAllocationDelay", [context.world.clock.units(action.delay)]);
      return one({ target: at("allocationManager"), data });
    }
    case "joinSet":
      return one(operator.joinCall(context, action.set));
    case "leaveSet":
      return one(operator.leaveCall(context, action.set));
    case "allocate":
      return one(operator.allocateCall(context, action));
    case "clearDeallocationQueue":
      return one(operator.clearQueueCall(context, action), UNDELEGATE_GAS);
    case "setSplit":
      return one(operator.splitCall(context, action));
    case "heartbeat":
      return several(service.heartbeatCalls(context, action.set));
    case "submitPrice":
      return several(service.priceCalls(context, action));
    case "attestData":
      return several(service.dataCalls(context, action));
    case "attestRelease":
      return several(service.releaseCalls(context, action));
    case "openRound":
      return several(service.openRoundCalls(context, action.set));
    case "reportFault":
      return await reportAction(context, action.fault);
    case "vetoCase":
      return vetoAction(context, action.case);
    case "challengeCase":
      // The challenge itself is an announcement; the judge's opinion moves the bond (see resolveCase).
      return { calls: [] };
    case "resolveCase":
      return await resolveAction(context, action);
    case "executeCase":
      return executeAction(context, action.case);
    case "slash":
      return slashAction(context, action);
    case "reportPool":
      return several(keeper.reportPoolCalls(context));
    case "changeValidators":
      return one(keeper.changeValidatorsCall(context, action.delta));
    case "finalizeUnstakes":
      return one(keeper.finalizeCall(context), UNDELEGATE_GAS);
    case "creditPod":
    case "changePod":
      return one(keeper.changePodCall(context, action));
    case "checkpointPod":
    case "proveStalePod":
      return one(keeper.checkpointCall(context, action));
    case "clearEscrow":
      return one(keeper.clearEscrowCall(context, action));
    case "payRewards":
      return several(keeper.payRewardsCalls(context, action));
    case "submitRewardsRoot":
      return several(keeper.submitRootCalls(context, action));
    case "disableRewardsRoot":
      return one({ target: at("rewards"), data: contracts.rewards.encode("disableRoot", [BigInt(action.index)]) });
    case "setSlasher":
      return one(keeper.proposeSlasherCall(context, action));
    case "pause":
      return several(keeper.pauseCalls(context, action));
    case "donate":
      return one(keeper.donateCall(context, action));
  }
}
