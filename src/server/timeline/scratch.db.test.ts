import { it } from "vitest";
import { fillRooms } from "../../../tests/setup/fill-rooms.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTimelineStore } from "../adapters/prisma/timeline/timeline-store.ts";
import { createTimeline } from "./public.ts";

it("t", async () => {
	await using test = await createTestDatabase();
	const few = "@few:kith.example" as never,
		many = "@many:kith.example" as never;
	await fillRooms(test.database, { viewerId: few, rooms: 10, messagesPerRoom: 60, membersPerRoom: 8 });
	await fillRooms(test.database, { viewerId: many, rooms: 1000, messagesPerRoom: 60, membersPerRoom: 8 });
	const { pool } = test.database;
	const counting = new Proxy(pool, {
		get: (t, k) =>
			k !== "query"
				? Reflect.get(t, k)
				: async (s: any) => {
						const a = performance.now();
						const r = await (t as any).query(s);
						stats.push([s.name, performance.now() - a, r.rows.length]);
						return r;
					},
	});
	let stats: any[] = [];
	const timeline = createTimeline({ store: createTimelineStore(counting as never) });
	const head = await createTimelineStore(pool).readHead();
	for (let round = 0; round < 6; round++)
		for (const who of [few, many]) {
			const times: number[] = [];
			for (let i = 0; i < 30; i++) {
				stats = [];
				const a = performance.now();
				await timeline.readWindow(who, { limit: 30, timelineLimit: 10, upTo: head });
				times.push(performance.now() - a);
			}
			times.sort((a, b) => a - b);
			console.log(
				who,
				"p50",
				times[15]?.toFixed(1),
				"min",
				times[0]?.toFixed(1),
				stats.map((s) => `${s[0]} ${s[1].toFixed(1)}ms ${s[2]}`).join(" | "),
			);
		}
	for (const limit of [10, 30]) { const times: number[] = []; for (let i = 0; i < 60; i++) { const a = performance.now(); await timeline.readWindow(many, { limit, timelineLimit: 10, upTo: head }); times.push(performance.now() - a); } times.sort((a, b) => a - b); console.log("many, window", limit, times[30]); }
});
