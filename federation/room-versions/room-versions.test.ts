import { describe, expect, it } from "vitest";
import { defaultRoomVersionId, roomVersion, roomVersions } from "./room-versions.ts";

describe("room versions", () => {
	it("VER-01 are 6 to 12, by default 12, and nothing else is understood", () => {
		expect(Object.keys(roomVersions)).toEqual(["6", "7", "8", "9", "10", "11", "12"]);
		expect(defaultRoomVersionId).toBe("12");
		for (const id of ["1", "5", "13", "06", "", "__proto__", "toString", "org.matrix.msc3757.10"]) {
			expect(roomVersion(id)).toBeUndefined();
		}
	});

	it("VER-01 each changes what the specification says and keeps the rest", () => {
		const changesOf = (older: object, newer: object) =>
			Object.fromEntries(
				Object.entries(newer).filter(
					([flag, value]) => flag !== "id" && (older as Record<string, unknown>)[flag] !== value,
				),
			);
		const versions = Object.values(roomVersions);
		expect(versions.slice(1).map((version, index) => [version.id, changesOf(versions[index] ?? {}, version)])).toEqual([
			["7", { knocking: true }],
			["8", { restrictedJoins: true }],
			["9", { redactionKeepsAuthorisedVia: true }],
			["10", { knockRestricted: true, integerPowerLevels: true }],
			["11", { creatorIsSender: true, redactsInContent: true, redactionV11: true }],
			["12", { roomIdIsCreateHash: true, privilegedCreators: true, stateResolution: "v2.1" }],
		]);
		expect(roomVersion("6")).toEqual({
			id: "6",
			stateResolution: "v2",
			...Object.fromEntries(
				Object.keys(versions[0] ?? {})
					.slice(1, -1)
					.map((flag) => [flag, false]),
			),
		});
		expect(versions.every(Object.isFrozen)).toBe(true);
	});
});
