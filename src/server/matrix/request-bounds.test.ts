import { describe, expect, it } from "vitest";
import { trustedProxies } from "../trpc/request/client-address.ts";
import { createRequestBounds } from "./request-bounds.ts";

const from = (remoteAddress: string, forwarded?: string) => ({
	headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
	socket: { remoteAddress },
});
const limits = { requestsOfAddress: 2, requestsOfOrigin: 2, bodyBytesOfAddress: 100, bodyBytes: 150 };
const create = () => createRequestBounds(trustedProxies(["172.18.0.1"]), limits);

describe("what one address may have at a time", () => {
	it("is so many requests, whatever they call themselves, and none of another's", () => {
		const bounds = create();
		const first = bounds.enterFrom(from("203.0.113.1", "198.51.100.1"));
		expect(bounds.enterFrom(from("203.0.113.1", "198.51.100.2"))).toBeDefined();
		expect(bounds.enterFrom(from("203.0.113.1"))).toBeUndefined();
		expect(bounds.enterFrom(from("203.0.113.2"))).toBeDefined();
		first?.leave();
		expect(bounds.enterFrom(from("203.0.113.1"))).toBeDefined();
	});

	it("is not counted of a proxy of ours, but of whom it names", () => {
		const bounds = create();
		for (const each of [1, 2, 3])
			expect([each, bounds.enterFrom(from("172.18.0.1")) === undefined]).toEqual([each, false]);
		for (const isFull of [false, false, true])
			expect(bounds.enterFrom(from("172.18.0.1", "203.0.113.1")) === undefined).toBe(isFull);
	});

	it("is so many bytes of bodies, of one and of all together", () => {
		const bounds = create();
		const one = bounds.enterFrom(from("203.0.113.1"));
		const two = bounds.enterFrom(from("203.0.113.2"));
		expect([one?.hold(60), one?.hold(41), one?.hold(40)]).toEqual([true, false, true]);
		expect([two?.hold(51), two?.hold(50), two?.hold(1)]).toEqual([false, true, false]);
		one?.leave();
		// Leaving twice gives nothing back twice.
		one?.leave();
		expect([two?.hold(50), two?.hold(1)]).toEqual([true, false]);
		two?.leave();
		const three = bounds.enterFrom(from("172.18.0.1"));
		expect([three?.hold(150), three?.hold(1)]).toEqual([true, false]);
	});
});

it("one server may have so many requests from wherever they come, and another as many", () => {
	const bounds = create();
	const visits = [1, 2, 3, 4].map((each) => bounds.enterFrom(from(`203.0.113.${each}`)));
	expect(visits.map((visit) => visit?.countFor("one.example"))).toEqual([true, true, false, false]);
	expect(visits[3]?.countFor("two.example")).toBe(true);
	visits[0]?.leave();
	expect(visits[2]?.countFor("one.example")).toBe(true);
});
