import { SimError } from "./sim-error.ts";

/** An action names somebody or something that this world does not have. */
export class ActionInvalidError extends SimError {
  constructor(action: string, field: string, value: string) {
    super(`Action ${action} names ${field} "${value}", which this world does not have.`, {
      code: "ACTION_INVALID",
      details: { action, field, value },
      hint: "Use the ids of participants, operator sets, strategies and withdrawals that the view shows.",
    });
  }
}
