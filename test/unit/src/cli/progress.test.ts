import { PassThrough } from "node:stream";

import { expect } from "chai";

import { formatProgress, startProgress } from "../../../../src/cli/progress.ts";

const params = { progress: 0.25, eta: 10, startTime: 0, stopTime: null, total: 80, value: 20, maxWidth: 80 };

const bar = { barsize: 4, barCompleteString: "████", barIncompleteString: "░░░░", barGlue: "" };

describe("progress", () => {
  it("shows steps, steps per second and the time left", () => {
    const line = formatProgress(bar, params, "alex");
    expect(line).to.equal("alex  █░░░  20/80 steps  6.0 steps/s  10 s left");
  });

  it("shows no rate while there is no estimate", () => {
    const line = formatProgress(bar, { ...params, eta: Number.NaN }, "alex");
    expect(line).to.not.include("steps/s");
  });

  it("writes nothing where the stream is no terminal", () => {
    const stream = new PassThrough();
    const progress = startProgress("alex", stream as unknown as NodeJS.WriteStream);
    progress.update(1, 2);
    progress.stop();
    expect(stream.readableLength).to.equal(0);
  });
});
