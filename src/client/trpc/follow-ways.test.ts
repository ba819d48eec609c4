import { describe, expect, it } from "vitest";
import { followWays, type WayMemory, type WayObserver, type Ways } from "./follow-ways.ts";
import type { StreamWay } from "./way-openings.ts";

interface Run extends WayObserver {
	readonly way: StreamWay;
	readonly since: string | undefined;
	isEnded: boolean;
}

/** A page whose ways do what the test says, and a clock that it moves. */
function page(known: Partial<WayMemory> = {}) {
	const memory: WayMemory = { isSocketProven: false, current: "socket", ...known };
	const runs: Run[] = [];
	let timer: { callback: () => void; delayMs: number } | undefined;
	let socketOpened: () => void = () => undefined;
	const ways: Ways = {
		begin: (way, since, observer) => {
			const run: Run = { ...observer, way, since, isEnded: false };
			runs.push(run);
			return () => {
				run.isEnded = true;
			};
		},
		onSocketOpen: (listener) => {
			socketOpened = listener;
			return () => {
				socketOpened = () => undefined;
			};
		},
		later: (callback, delayMs) => {
			const own = { callback, delayMs };
			timer = own;
			return () => {
				if (timer === own) timer = undefined;
			};
		},
	};
	const stop = followWays(ways, memory);
	const last = (): Run => {
		const run = runs.at(-1);
		if (run === undefined) throw new Error("nothing has begun");
		return run;
	};
	return {
		...{ memory, runs, last, stop },
		ways: () => runs.map(({ way, since }) => (since === undefined ? way : `${way} after ${since}`)),
		openSocket: () => socketOpened(),
		passTime: () => {
			const { callback } = timer ?? { callback: () => undefined };
			timer = undefined;
			callback();
		},
		isWaiting: () => timer !== undefined,
	};
}

describe("the ways of the subscription", () => {
	it("stays on a socket that carries items, and is then in no hurry to leave it", () => {
		const { last, ways, isWaiting, passTime } = page();
		last().onItem("1");
		expect(isWaiting()).toBe(false);
		last().onWaiting();
		last().onWaiting();
		last().onWaiting();
		expect(ways()).toEqual(["socket"]);
		passTime();
		expect(ways()).toEqual(["socket", "events after 1"]);
	});

	it("takes events when the socket fails twice before it ever worked, and ends the socket's part", () => {
		const { last, runs, ways } = page();
		last().onWaiting();
		expect(ways()).toEqual(["socket"]);
		last().onWaiting();
		expect(ways()).toEqual(["socket", "events"]);
		expect(runs[0]?.isEnded).toBe(true);
	});

	it("takes events when the socket neither fails nor carries anything", () => {
		const { ways, passTime } = page();
		passTime();
		expect(ways()).toEqual(["socket", "events"]);
	});

	it("goes back behind the last item as soon as a socket opens", () => {
		const { last, openSocket, passTime, runs, ways } = page();
		passTime();
		last().onItem("7");
		openSocket();
		expect(ways()).toEqual(["socket", "events", "socket after 7"]);
		expect(runs.map(({ isEnded }) => isEnded)).toEqual([true, true, false]);
		last().onItem("9");
		openSocket();
		expect(ways()).toHaveLength(3);
	});

	it("hears nothing of a way that it has left", () => {
		const { last, openSocket, passTime, runs, ways } = page();
		passTime();
		last().onItem("7");
		openSocket();
		runs[1]?.onItem("3");
		runs[1]?.onBroken();
		last().onWaiting();
		last().onWaiting();
		expect(ways().at(-1)).toBe("events after 7");
	});

	it("tries the socket again when events are refused by something in between", () => {
		const { last, passTime, ways } = page();
		passTime();
		last().onBroken();
		passTime();
		expect(ways()).toEqual(["socket", "events", "socket"]);
	});

	it("begins where it was when the page subscribes again, and ends with it", () => {
		const { last, memory, openSocket, runs, stop } = page({ current: "events" });
		expect(last().way).toBe("events");
		stop();
		openSocket();
		expect(runs.map(({ isEnded }) => isEnded)).toEqual([true]);
		expect(memory.current).toBe("events");
	});
});
