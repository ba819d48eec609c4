import { describe, expect, it } from "vitest";
import { authStateOf } from "../../../federation/authorization/auth-state.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersionId } from "../../../federation/room-versions/room-version.ts";
import { roomVersions } from "../../../federation/room-versions/room-versions.ts";
import { testEvent } from "../../../federation/testing/event-factory.ts";
import { roleOf } from "./role.ts";

const creator = "@creator:one.example";
const other = "@other:one.example";

const roleIn = (
	versionId: RoomVersionId,
	userId: string,
	{ levels, create = {} }: { levels?: JsonObject; create?: JsonObject },
) => {
	const version = roomVersions[versionId];
	const state = { sender: creator, stateKey: "" };
	const events = [testEvent({ ...state, type: "m.room.create", name: "create", content: create }, version)];
	if (levels !== undefined) {
		events.push(testEvent({ ...state, type: "m.room.power_levels", name: "levels", content: levels }, version));
	}
	return roleOf(authStateOf(events), userId, version);
};

describe("roleOf", () => {
	it("follows the levels", () => {
		const levels = { users: { [other]: 50 }, users_default: 0 };
		expect(roleIn("12", other, { levels })).toBe("moderator");
		expect(roleIn("12", other, { levels: { users: { [other]: 49 } } })).toBe("member");
		expect(roleIn("12", other, { levels: { users: { [other]: 100 } } })).toBe("admin");
		expect(roleIn("12", other, { levels: { users_default: 50 } })).toBe("moderator");
	});

	it("calls every creator of version 12 an owner, whatever the levels say", () => {
		const create = { additional_creators: [other] };
		const levels = { users: {} };
		expect([creator, other].map((userId) => roleIn("12", userId, { create, levels }))).toEqual(["owner", "owner"]);
	});

	it("calls the creator of an older room the owner while they hold level 100", () => {
		for (const versionId of ["10", "11"] as const) {
			const create = { creator };
			expect(roleIn(versionId, creator, { create, levels: { users: { [creator]: 100, [other]: 100 } } })).toBe("owner");
			expect(roleIn(versionId, other, { create, levels: { users: { [creator]: 100, [other]: 100 } } })).toBe("admin");
			expect(roleIn(versionId, creator, { create, levels: { users: { [creator]: 50 } } })).toBe("moderator");
			expect(roleIn(versionId, creator, { create })).toBe("owner");
		}
	});
});
