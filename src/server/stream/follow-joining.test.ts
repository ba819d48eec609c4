import { expect, it } from "vitest";
import { createMemoryBus } from "../adapters/bus-memory/memory-bus.ts";
import { followJoining } from "./follow-joining.ts";
import type { JoiningNews } from "./ports.ts";

const news = (done: number, other: Partial<JoiningNews> = {}): JoiningNews => ({
	userId: "@bob:kith.example",
	room: "#square:other.example",
	server: "other.example",
	stage: "checking",
	done,
	total: 10,
	...other,
});

it("tells the person the newest word about their own join of that room, and ends with the signal", async () => {
	const bus = createMemoryBus();
	const ending = new AbortController();
	const told = followJoining(bus, { userId: news(0).userId, room: news(0).room, signal: ending.signal });
	const first = told.next();
	bus.publish({ kind: "joining", news: news(1, { userId: "@eve:kith.example" }) });
	bus.publish({ kind: "joining", news: news(2, { room: "#other:other.example" }) });
	bus.publish({ kind: "joining", news: news(3) });
	expect((await first).value).toEqual(news(3));
	bus.publish({ kind: "joining", news: news(4) });
	bus.publish({ kind: "joining", news: news(5) });
	expect((await told.next()).value).toEqual(news(5));
	const last = told.next();
	ending.abort();
	expect(await last).toEqual({ done: true, value: undefined });
});
