import { describe, expect, it } from "vitest";
import { tellActivity } from "./page-activity.ts";

class TestPage extends EventTarget {
	visibilityState: DocumentVisibilityState = "visible";

	turn(state: DocumentVisibilityState): void {
		this.visibilityState = state;
		this.dispatchEvent(new Event("visibilitychange"));
	}
}

function follow() {
	const page = new TestPage();
	const told: boolean[] = [];
	const activity = tellActivity(page, async (isActive) => told.push(isActive));
	return { page, told, activity };
}

describe("tellActivity", () => {
	it("tells each change, but only while the subscription is there", () => {
		const { page, told, activity } = follow();
		page.turn("hidden");
		page.turn("visible");
		activity.opening();
		activity.followed();
		expect(told).toEqual([]);
		page.turn("hidden");
		page.turn("visible");
		expect(told).toEqual([false, true]);
		activity.opening();
		page.turn("hidden");
		expect(told).toEqual([false, true]);
	});

	it("corrects each new subscription of a hidden page once", () => {
		const { page, told, activity } = follow();
		page.turn("hidden");
		for (let subscription = 1; subscription <= 2; subscription += 1) {
			activity.opening();
			activity.followed();
			activity.followed();
			expect(told).toHaveLength(subscription);
		}
		expect(told).toEqual([false, false]);
	});

	it("tells nothing more once it is stopped, and bears a server that does not answer", async () => {
		const page = new TestPage();
		let calls = 0;
		const activity = tellActivity(page, () => {
			calls += 1;
			return Promise.reject(new Error("offline"));
		});
		activity.followed();
		page.turn("hidden");
		activity.stop();
		page.turn("visible");
		expect(calls).toBe(1);
	});
});
