import { expect } from "chai";

import { slipsOf } from "../../helpers/plain-pages.ts";

describe("slipsOf", () => {
  for (const slip of ["NaN", "undefined", "Infinity", "[object Object]", "null"]) {
    it(`finds ${slip} in a page`, () => {
      expect(slipsOf(`<td>${slip} ETH</td>`)).to.have.length(1);
      expect(slipsOf(`<path d="M0,${slip}"/>`)).to.have.length(1);
    });
  }

  it("leaves alone what a font says", () => {
    expect(slipsOf("<style>src:url(data:font/woff2;base64,VNaNei1Nd9)</style><p>12 ETH</p>")).to.deep.equal([]);
  });
});
