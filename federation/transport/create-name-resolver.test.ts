import { beforeEach, describe, expect, it } from "vitest";
import type { NameResolver, WellKnownReading } from "../ports/name-resolver.ts";
import { serverName } from "../testing/identifiers.ts";
import { createNameResolver } from "./create-name-resolver.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const name = serverName("chat.example");

const says = (server: string, cacheControl?: string): WellKnownReading => ({
	kind: "answered",
	body: new TextEncoder().encode(JSON.stringify({ "m.server": server })),
	caching: { cacheControl },
});

describe("the resolver's memory", () => {
	let now = 0;
	let readings = 0;
	let answer: WellKnownReading;
	let resolver: NameResolver;

	beforeEach(() => {
		now = 1_700_000_000_000;
		readings = 0;
		answer = says("one.example:1");
		resolver = createNameResolver({
			wellKnown: {
				read: async () => {
					readings += 1;
					return answer;
				},
			},
			services: { find: async () => [] },
			clock: { now: () => now },
			random: () => 0,
		});
	});

	const host = async (): Promise<string> => {
		const resolution = await resolver.resolve(name);
		return resolution.kind === "resolved" ? resolution.route.hostHeader : resolution.detail;
	};

	it("NAME-09 asks once while an answer holds, and again after", async () => {
		expect(await host()).toBe("one.example:1");
		answer = says("two.example:2");
		now += 24 * hourMs - 1;
		expect([await host(), readings]).toEqual(["one.example:1", 1]);
		now += 6 * minuteMs;
		expect([await host(), readings]).toEqual(["two.example:2", 2]);
	});

	it("NAME-09 has one reading of a host under way", async () => {
		await Promise.all([host(), host(), host()]);
		expect(readings).toBe(1);
	});

	it("NAME-09 remembers failures for a while that grows", async () => {
		answer = { kind: "absent" };
		expect(await host()).toBe("chat.example");
		now += 4 * minuteMs;
		await host();
		expect(readings).toBe(1);
		now += 2 * minuteMs;
		await host();
		expect(readings).toBe(2);
		now += 6 * minuteMs;
		await host();
		expect(readings).toBe(2);
	});

	it("NAME-10 keeps what a file said while its host is down, for two days at most", async () => {
		answer = says("one.example:1", "max-age=3600");
		await host();
		answer = { kind: "failed" };
		now += 2 * hourMs;
		expect([await host(), readings]).toEqual(["one.example:1", 2]);
		now += 46 * hourMs;
		expect(await host()).toBe("chat.example");
	});

	it("NAME-10 forgets what a file said when the host answers without it", async () => {
		answer = says("one.example:1", "max-age=3600");
		await host();
		answer = { kind: "absent" };
		now += 2 * hourMs;
		expect(await host()).toBe("chat.example");
	});

	it("NAME-10 reads a file again when nobody answers along the route, once an hour", async () => {
		await host();
		answer = says("two.example:2");
		resolver.distrust(name);
		expect([await host(), readings]).toEqual(["one.example:1", 1]);
		now += hourMs;
		resolver.distrust(name);
		expect([await host(), readings]).toEqual(["two.example:2", 2]);
	});
});
