import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeCrop, cropRegion, wholeCrop } from "./crop.ts";

const wide = { width: 400, height: 100 };

describe("the square of a picture", () => {
	it("is the middle at first, as large as it can be", () => {
		expect(cropRegion(wholeCrop, wide)).toEqual({ left: 150, top: 0, side: 100 });
	});

	it("moves by its own side, as far as the picture goes", () => {
		const moved = changeCrop(wholeCrop, { dx: 1 }, wide);
		expect(cropRegion(moved, wide).left).toBeCloseTo(250);
		expect(cropRegion(changeCrop(moved, { dx: 9, dy: 9 }, wide), wide)).toEqual({ left: 300, top: 0, side: 100 });
	});

	it("zooms around its middle, between the whole and five times", () => {
		const zoomed = changeCrop(wholeCrop, { zoomBy: 2 }, wide);
		expect(cropRegion(zoomed, wide)).toEqual({ left: 175, top: 25, side: 50 });
		expect(changeCrop(wholeCrop, { zoomBy: 0.1 }, wide).zoom).toBe(1);
		expect(changeCrop(wholeCrop, { zoomBy: 100 }, wide).zoom).toBe(5);
	});

	it("stays inside the picture whatever is done to it", () => {
		const step = fc.record({
			dx: fc.float({ min: -9, max: 9, noNaN: true }),
			dy: fc.float({ min: -9, max: 9, noNaN: true }),
			zoomBy: fc.float({ min: Math.fround(0.1), max: 9, noNaN: true }),
		});
		const size = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
		fc.assert(
			fc.property(size, fc.array(step, { maxLength: 20 }), (picture, steps) => {
				const { left, top, side } = cropRegion(
					steps.reduce((crop, one) => changeCrop(crop, one, picture), wholeCrop),
					picture,
				);
				const slack = 1e-6;
				expect(left).toBeGreaterThanOrEqual(0);
				expect(top).toBeGreaterThanOrEqual(0);
				expect(left + side).toBeLessThanOrEqual(picture.width + slack);
				expect(top + side).toBeLessThanOrEqual(picture.height + slack);
			}),
		);
	});
});
