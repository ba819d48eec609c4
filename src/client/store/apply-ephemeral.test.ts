import { describe, expect, it } from "vitest";
import type { WireEphemeralItem } from "../../shared/wire/sync.ts";
import { applyEphemeral, emptyEphemeral, stopTyping } from "./apply-ephemeral.ts";

const me = "@me:kith.example";
const ada = "@ada:kith.example";
const bo = "@bo:kith.example";
const news = (part: Partial<WireEphemeralItem>): WireEphemeralItem => ({
	...{ kind: "ephemeral", typing: [], presence: [], isPartial: false },
	...part,
});

describe("applyEphemeral", () => {
	it("names who is writing but the reader, until they stop", () => {
		const writing = applyEphemeral(emptyEphemeral, news({ typing: [{ roomId: "!a", userIds: [me, ada] }] }), me);
		expect(writing.typing).toEqual(new Map([["!a", [ada]]]));
		expect(applyEphemeral(writing, news({ typing: [{ roomId: "!a", userIds: [me] }] }), me).typing).toEqual(new Map());
	});

	it("forgets who was writing where some news were left out, and keeps who is there", () => {
		const presence = [{ userId: ada, isOnline: true }];
		const before = applyEphemeral(emptyEphemeral, news({ presence, typing: [{ roomId: "!a", userIds: [ada] }] }), me);
		const after = applyEphemeral(before, news({ isPartial: true, typing: [{ roomId: "!b", userIds: [bo] }] }), me);
		expect(after.typing).toEqual(new Map([["!b", [bo]]]));
		expect(after.presence.get(ada)?.isOnline).toBe(true);
	});

	it("takes somebody whose message came for done with it", () => {
		const typing = new Map([["!a", [ada, bo]]]);
		expect(stopTyping(typing, "!a", new Set([ada]))).toEqual(new Map([["!a", [bo]]]));
		expect(stopTyping(typing, "!a", new Set([ada, bo]))).toEqual(new Map());
		expect(stopTyping(typing, "!b", new Set([ada]))).toBe(typing);
	});
});
