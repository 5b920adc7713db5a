import { expect } from "chai";

import { ActionInvalidError } from "../../../../src/errors/action-invalid-error.ts";
import type { DefiAction } from "../../../../src/model/defi/defi.ts";
import type { ActionContext } from "../../../../src/world/actions/prepared-action.ts";
import { prepareDefiAction } from "../../../../src/world/defi/preparers.ts";

describe("prepareDefiAction", () => {
  for (const type of ["nonsense", "toString"]) {
    it(`names an action that nobody knows: ${type}`, async () => {
      let error: unknown;
      try {
        await prepareDefiAction({} as ActionContext, { type } as unknown as DefiAction);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).to.be.instanceOf(ActionInvalidError);
      expect((error as ActionInvalidError).message).to.include(`names action "${type}"`);
    });
  }
});
