import { expect } from "chai";
import * as fc from "fast-check";

import { drawGallery } from "../../../../src/report/charts/gallery.ts";
import { runRecordSchema, type RunRecord } from "../../../../src/report/run-record.ts";
import { answersOf, headlineOf } from "../../../../src/report/story/answers.ts";
import { caughtEarlier, readDetection } from "../../../../src/report/story/detection.ts";
import { readEscapeCurve } from "../../../../src/report/story/escape-curve.ts";
import { readEscapes } from "../../../../src/report/story/escapes.ts";
import { readLosses } from "../../../../src/report/story/losses.ts";
import { toText } from "../../../../src/report/story/phrase.ts";
import { readSecurity } from "../../../../src/report/story/security.ts";
import { readStory } from "../../../../src/report/story/story.ts";
import { splitExactly, sum } from "../../../../src/report/story/sums.ts";
import { tallyActions } from "../../../../src/report/story/reverts.ts";
import { readPayers, readYields, sumYields } from "../../../../src/report/story/yields.ts";
import { makeRunRecord } from "../../../helpers/run-record-fixture.ts";

/** A record in which nothing happens. */
function makeCalmRecord(): RunRecord {
  return { ...makeRunRecord(), rows: [], slashes: [], cases: [], exits: [], earnings: [], actions: [], notes: [] };
}

describe("report story", () => {
  const record = makeRunRecord();

  it("starts from a record that its schema accepts", () => {
    expect(runRecordSchema.safeParse(record).success).to.equal(true);
  });

  describe("readLosses", () => {
    const losses = readLosses(record);
    const total = sum(record.slashes.map(({ value }) => BigInt(value)));

    it("sums to the slashed value by layer, by holder, by destination and by flow, to the wei", () => {
      expect(losses.total).to.equal(total);
      expect(sum(losses.byLayer.values())).to.equal(total);
      expect(sum(losses.byDestination.values())).to.equal(total);
      expect(sum(losses.holders.map((holder) => holder.total))).to.equal(total);
      expect(sum(losses.flows.map(({ value }) => value))).to.equal(total);
    });

    it("keeps each slash whole on its way through the layers", () => {
      for (const slash of record.slashes) {
        const flows = losses.flows.filter((flow) => flow.slash === slash.id);
        expect(sum(flows.map(({ value }) => value))).to.equal(BigInt(slash.value));
      }
    });

    it("puts the largest loss first", () => {
      const totals = losses.holders.map((holder) => holder.total);
      expect(totals).to.deep.equal([...totals].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)));
    });
  });

  describe("splitExactly", () => {
    it("loses no wei and strays from the exact share by less than one", () => {
      const weights = fc.array(fc.bigInt({ min: 0n, max: 2n ** 128n }), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(fc.bigInt({ min: -(2n ** 128n), max: 2n ** 128n }), weights, (value, parts) => {
          const whole = sum(parts);
          const split = splitExactly(value, parts);
          expect(sum(split)).to.equal(value);
          if (whole === 0n) return;
          for (const [place, part] of split.entries()) {
            const error = part * whole - value * (parts[place] ?? 0n);
            expect(error > -whole && error < whole).to.equal(true);
          }
        }),
        { numRuns: 200, seed: 7 },
      );
    });
  });

  describe("readEscapes", () => {
    const escapes = readEscapes(record);
    const of = (holder: string) => escapes.find(({ exit }) => exit.holder === holder);

    it("knows the exit that left one block early from the one that did not", () => {
      expect(of("stakers-3")).to.include({ fate: "escaped", escapedBy: 12n, lost: 0n });
      expect(of("stakers-4")).to.include({ fate: "partly", caughtWith: 0n });
      expect(of("stakers-6")).to.include({ fate: "hit", saved: 0n });
    });

    it("takes who was safe before the fault for no escape", () => {
      const late = { ...record, cases: record.cases.map((item) => ({ ...item, faultAt: (21n * 86_400n).toString() })) };
      const early = readEscapes(late).find(({ exit }) => exit.holder === "stakers-1");
      expect(early).to.include({ fate: "early", saved: 0n, escapedBy: null });
    });

    it("values an escape at what both slashes would have left and taken, one after the other", () => {
      const value = BigInt(of("stakers-3")?.exit.requested ?? 0);
      const first = (value * 3n) / 10n;
      expect(of("stakers-3")?.saved).to.equal(first + (value - first) / 5n);
    });
  });

  describe("readDetection", () => {
    it("orders what was missed by how much earlier the slash had to come, and adds it up", () => {
      const { missed, total } = readDetection(record);
      expect(missed[0]).to.include({ holder: "stakers-3", slash: "oracle#1", earlierBy: 12n });
      expect(missed.map(({ earlierBy }) => earlierBy)).to.deep.equal(
        missed.map(({ earlierBy }) => earlierBy).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
      );
      expect(missed.at(-1)?.cumulative).to.equal(total);
      expect(sum(missed.map(({ value }) => value))).to.equal(total);
      expect(total).to.equal(sum(readEscapes(record).map(({ saved }) => saved)));
      expect(caughtEarlier(readDetection(record), 11n)).to.equal(0n);
      expect(caughtEarlier(readDetection(record), 12n)).to.equal(missed[1]?.cumulative);
      expect(caughtEarlier(readDetection(record), 10n ** 9n)).to.equal(total);
    });

    it("leaves out exits that were safe before the case could have closed", () => {
      const late = { ...record, cases: record.cases.map((item) => ({ ...item, faultAt: item.reportedAt })) };
      expect(readDetection(late).missed).to.deep.equal([]);
      expect(readDetection(late).unreachable).to.equal(8);
    });
  });

  describe("readEscapeCurve", () => {
    /** One case for each day of latency; the exit of each is safe after the third. */
    const cases = [1n, 2n, 3n, 4n, 5n].map((latency, place) => {
      const [id, time] = [`oracle#${(place + 1).toString()}`, ((9n + latency) * 86_400n).toString()];
      const escaped = latency > 3n ? [{ slash: id, why: "too late" }] : [];
      const [slash, fault, exit] = [record.slashes[0], record.cases[0], record.exits[0]];
      if (slash === undefined || fault === undefined || exit === undefined) throw new TypeError("the fixture is empty");
      return {
        slash: { ...slash, id, time },
        fault: { ...fault, id, slash: id },
        exit: { ...exit, id, requested: "10", hitBy: latency > 3n ? [] : [id], escaped },
      };
    });
    const race = {
      ...record,
      slashes: cases.map(({ slash }) => slash),
      cases: cases.map(({ fault }) => fault),
      exits: cases.map(({ exit }) => exit),
    };

    it("gives the leaving and the escaped stake for each latency", () => {
      expect(readEscapeCurve(race)).to.deep.equal(
        [1n, 2n, 3n, 4n, 5n].map((days) => ({
          latency: days * 86_400n,
          leaving: 10n,
          escaped: days > 3n ? 10n : 0n,
        })),
      );
    });

    it("is told in words and drawn", () => {
      const story = readStory(race);
      const words = answersOf(story).flatMap(({ phrases }) => phrases.map(toText));
      expect(words.some((text) => text.includes("the first stake got away at 4 d"))).to.equal(true);
      expect(drawGallery(story).map(({ id }) => id)).to.include("escape-curve");
    });

    it("is none where a run has too few latencies", () => {
      expect(readEscapeCurve(record)).to.deep.equal([]);
    });
  });

  describe("readSecurity", () => {
    it("measures from before the first fault, and says when it was back", () => {
      const rows = record.rows.map((row) => ({
        ...row,
        security: { oracle: row.step < 9 ? "1000" : row.step < 12 ? "400" : row.step < 20 ? "989" : "990" },
      }));
      const sets = record.operatorSets.filter(({ id }) => id === "oracle");
      const [fall] = readSecurity({ ...record, rows, operatorSets: sets });
      expect(fall).to.include({
        before: 1000n,
        lowest: 400n,
        fellAt: 9n * 86_400n,
        recoveredAt: 20n * 86_400n,
        below: 11n * 86_400n,
      });
    });

    it("takes a fall of less than a hundredth for no time below", () => {
      const rows = record.rows.map((row) => ({ ...row, security: { oracle: row.step < 9 ? "1000" : "991" } }));
      const sets = record.operatorSets.filter(({ id }) => id === "oracle");
      const [fall] = readSecurity({ ...record, rows, operatorSets: sets });
      expect(fall).to.include({ lowest: 991n, fellAt: null, recoveredAt: null, below: 0n });
    });

    it("counts to the run's end what never came back", () => {
      const fall = readSecurity(record).find(({ set }) => set === "oracle");
      expect(fall).to.include({ recoveredAt: null, below: 51n * 86_400n });
    });
  });

  it("adds yields up by population without losing a wei", () => {
    const yields = readYields(record);
    const groups = sumYields(yields);
    expect(groups.map(({ members }) => members)).to.deep.equal([3, 24]);
    expect(sum(groups.map(({ net }) => net))).to.equal(sum(yields.map(({ net }) => net)));
    expect(readPayers(record)).to.deep.equal(["staking", "oracle"]);
  });

  it("counts actions and their errors by kind", () => {
    expect(tallyActions(record)).to.deep.include({
      type: "completeWithdrawal",
      tried: 1,
      reverted: 1,
      gas: 41_000n,
      errors: [{ name: "OperatorDelegationWithdrawalNotReady", count: 1 }],
    });
  });

  describe("answersOf", () => {
    it("answers every question of the run", () => {
      const titles = answersOf(readStory(record)).map(({ title }) => title);
      expect(titles).to.deep.equal([
        "Who lost what",
        "Who escaped, and why",
        "How far security fell, and for how long",
        "What a shorter detection would have saved",
        "What restaking paid",
      ]);
    });

    it("tells a lone staker's yield by payer, loss and rule", () => {
      const participants = record.participants.map((item) =>
        item.id === "stakers-8" ? { ...item, population: "alex" } : item,
      );
      const texts = answersOf(readStory({ ...record, participants })).flatMap(({ phrases }) => phrases.map(toText));
      const told = texts.find((text) => text.startsWith("stakers-8 earned"));
      expect(told).to.match(/ETH from staking and .* ETH from oracle and lost .* to oracle by its rule equivocation/);
      expect(texts.some((text) => text.startsWith("Without the slash it would have been ahead by"))).to.equal(true);
    });

    it("speaks of a run in which nothing happened", () => {
      const story = readStory(makeCalmRecord());
      expect(toText(headlineOf(story))).to.match(/^Nobody was slashed/);
      expect(answersOf(story).flatMap(({ phrases }) => phrases.map(toText))).to.include("Nobody tried to leave.");
    });
  });
});
