import { expect } from "chai";

import { nearestNames } from "../../../../src/errors/nearest-names.ts";

const known = ["withdrawal-race", "operator-fault", "alex"];

describe("nearestNames", () => {
  it("puts the name with the fewest edits first", () => {
    expect(nearestNames("operator-falt", known)[0]).to.equal("operator-fault");
    expect(nearestNames("ALXE", known)[0]).to.equal("alex");
  });

  it("returns at most three names, ties in alphabetical order", () => {
    expect(nearestNames("x", ["d", "c", "b", "a"])).to.deep.equal(["a", "b", "c"]);
  });
});
