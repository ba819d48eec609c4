import { describe, expect, it } from "vitest";
import type { ServerName, UserId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import { type PresenceWord, presenceContent, readPresence } from "./presence-edu.ts";

const origin = "two.example" as ServerName;
const ann = "@ann:two.example" as UserId;
const bob = "@bob:two.example" as UserId;
const edu = (...push: readonly JsonObject[]) => ({ type: "m.presence", content: { push } });
const read = (edus: Parameters<typeof readPresence>[0], most = 10) => readPresence(edus, { origin, most });

describe("presence between servers", () => {
	it("reads what it writes", () => {
		const words: readonly PresenceWord[] = [
			{ userId: ann, isOnline: true, activeAgoMs: 0 },
			{ userId: bob, isOnline: false, activeAgoMs: 60_000 },
		];
		expect(read([{ type: "m.presence", content: presenceContent(words) }])).toEqual(words);
		const hidden: PresenceWord = { userId: ann, isOnline: false, activeAgoMs: undefined };
		expect(read([{ type: "m.presence", content: presenceContent([hidden]) }])).toEqual([hidden]);
	});

	it("TXN-07: takes a server's word about its own people alone, the newest of each, and never too many", () => {
		const online = { presence: "online", last_active_ago: 5 };
		const told = read([
			edu({ user_id: ann, ...online }, { user_id: "@eve:one.example", ...online }, { user_id: "ann", ...online }),
			edu({ user_id: ann, presence: "offline", last_active_ago: 7 }),
			{ type: "m.typing", content: { push: [{ user_id: bob, ...online }] } },
		]);
		expect(told).toEqual([{ userId: ann, isOnline: false, activeAgoMs: 7 }]);
		const many = Array.from({ length: 50 }, (_, at) => ({ user_id: `@p${at}:two.example`, ...online }));
		expect(read([edu(...many), edu(...many.slice(10, 30)), edu({ user_id: bob, ...online })])).toHaveLength(10);
	});

	it("reads nothing out of what is none", () => {
		const pushed: readonly unknown[] = [null, 3, "x", {}, { user_id: ann }, { user_id: 3, presence: "online" }];
		expect(read([{ type: "m.presence", content: { push: pushed } as JsonObject }])).toEqual([]);
		expect(
			read([
				{ type: "m.presence", content: { push: {} } },
				{ type: "m.presence", content: {} },
			]),
		).toEqual([]);
		const odd = (last_active_ago: number) => read([edu({ user_id: ann, presence: "unavailable", last_active_ago })])[0];
		for (const ago of [-1, 0, 400 * 86_400_000, Number.MAX_SAFE_INTEGER]) {
			expect(odd(ago)).toEqual({ userId: ann, isOnline: false, activeAgoMs: undefined });
		}
	});
});
