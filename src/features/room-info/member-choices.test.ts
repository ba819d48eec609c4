import { describe, expect, it } from "vitest";
import type { WireMember, WireRole } from "../../shared/wire/room.ts";
import { choicesFor } from "./member-choices.ts";

const all = { kick: true, ban: true, setRoles: true };
const none = { kick: false, ban: false, setRoles: false };

function own(ownRole: WireRole, granted: typeof all) {
	const rest = { send: true, invite: true, redactOthers: true, setName: true, setTopic: true, setAvatar: true };
	return {
		userId: "@me:a",
		ownRole,
		permissions: {
			...rest,
			setJoinRule: true,
			setHistoryVisibility: true,
			setAliases: true,
			enableEncryption: true,
			upgrade: true,
			addRooms: true,
			...granted,
		},
	};
}

function member(role: WireRole, membership: WireMember["membership"] = "join"): WireMember {
	return { userId: "@them:a", displayName: "Them", role, membership };
}

describe("choicesFor", () => {
	it("lets an owner do everything with an admin but raise them again", () => {
		expect(choicesFor(member("admin"), own("owner", all))).toEqual(["makeModerator", "makeMember", "kick", "ban"]);
	});

	it("offers nothing on an owner, on an equal, or on oneself", () => {
		expect(choicesFor(member("owner"), own("owner", all))).toEqual([]);
		expect(choicesFor(member("admin"), own("admin", all))).toEqual([]);
		expect(choicesFor({ ...member("member"), userId: "@me:a" }, own("owner", all))).toEqual([]);
	});

	it("gives no role above the own", () => {
		expect(choicesFor(member("member"), own("moderator", all))).toEqual(["makeModerator", "kick", "ban"]);
	});

	it("offers only what the rules of the room allow", () => {
		expect(choicesFor(member("member"), own("admin", none))).toEqual([]);
		expect(choicesFor(member("member"), own("admin", { ...none, kick: true }))).toEqual(["kick"]);
	});

	it("knows the invited and the banned", () => {
		expect(choicesFor(member("member", "invite"), own("admin", all))).toEqual(["withdraw"]);
		expect(choicesFor(member("member", "ban"), own("admin", all))).toEqual(["unban"]);
	});
});
