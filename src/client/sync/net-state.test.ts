import { describe, expect, it } from "vitest";
import { createNetWatch, type NetFacts } from "./net-state.ts";

function watch() {
	let timer: { readonly callback: () => void } | undefined;
	const { state, note } = createNetWatch((callback) => {
		const own = { callback };
		timer = own;
		return () => {
			if (timer === own) timer = undefined;
		};
	});
	return {
		see: (connection: NetFacts["connection"], { isDeviceOnline = true, isOutdated = false } = {}) =>
			note({ connection, isDeviceOnline, isOutdated }),
		said: state.get,
		passTime: () => {
			const due = timer;
			timer = undefined;
			due?.callback();
		},
		isWaiting: () => timer !== undefined,
	};
}

describe("what is said about the connection", () => {
	it("is nothing while the first one is quick, and that it is tried for where it is not", () => {
		const quick = watch();
		quick.see("starting");
		expect(quick.said()).toBe("fine");
		quick.see("online");
		quick.passTime();
		expect(quick.said()).toBe("fine");
		const slow = watch();
		slow.see("starting");
		slow.passTime();
		expect(slow.said()).toBe("connecting");
		slow.see("online");
		expect(slow.said()).toBe("fine");
	});

	it("is nothing at a break that is over at once, and that it is back after a longer one", () => {
		const { see, said, passTime, isWaiting } = watch();
		see("online");
		see("offline");
		expect(said()).toBe("fine");
		see("online");
		expect([said(), isWaiting()]).toEqual(["fine", false]);
		see("offline");
		passTime();
		expect(said()).toBe("reconnecting");
		see("online");
		expect(said()).toBe("back");
		passTime();
		expect(said()).toBe("fine");
	});

	it("follows the device at once, and goes on to what holds after it", () => {
		const { see, said } = watch();
		see("online");
		see("online", { isDeviceOnline: false });
		expect(said()).toBe("offline");
		see("offline", { isDeviceOnline: false });
		expect(said()).toBe("offline");
		see("offline");
		expect(said()).toBe("reconnecting");
		see("online");
		expect(said()).toBe("back");
	});

	it("does not go back to silence over a break that follows", () => {
		const { see, said, passTime } = watch();
		see("online", { isDeviceOnline: false });
		see("online");
		expect(said()).toBe("back");
		see("offline");
		expect(said()).toBe("back");
		passTime();
		expect(said()).toBe("reconnecting");
	});

	it("is nothing once the session is over", () => {
		const { see, said, passTime } = watch();
		see("offline");
		passTime();
		see("signedOut", { isDeviceOnline: false });
		expect(said()).toBe("fine");
	});

	it("is that the page is old as long as there is a server to reload from", () => {
		const { see, said, passTime } = watch();
		const isOutdated = true;
		see("starting", { isOutdated });
		expect(said()).toBe("outdated");
		see("online", { isOutdated });
		see("offline", { isOutdated });
		expect(said()).toBe("outdated");
		see("online", { isOutdated });
		passTime();
		expect(said()).toBe("outdated");
		see("offline", { isOutdated });
		passTime();
		expect(said()).toBe("reconnecting");
		see("online", { isOutdated });
		expect(said()).toBe("outdated");
		see("online", { isOutdated, isDeviceOnline: false });
		expect(said()).toBe("offline");
	});
});
