import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestMedia, storeTestPicture } from "../../../../tests/setup/test-media.ts";
import { createTestRooms, testServerName } from "../../../../tests/setup/test-rooms.ts";
import { createArgon2PasswordHasher } from "../../adapters/argon2/argon2-password-hasher.ts";
import { createAccountStore } from "../../adapters/prisma/accounts/account-store.ts";
import { createPasskeyCeremonies } from "../../adapters/webauthn/passkey-ceremonies.ts";
import { createAccounts } from "../create-accounts.ts";
import type { Memberships } from "../ports.ts";
import type { Viewer } from "../viewer.ts";

/** Accounts, rooms and pictures together, as one server process has them. */
async function startAll() {
	const test = await createTestDatabase();
	const dataFolder = await mkdtemp(join(tmpdir(), "kith-profile-"));
	const kith = createTestRooms(test.database);
	const media = createTestMedia({ ...test, dataFolder });
	const create = (memberships: Memberships = kith.rooms) =>
		createAccounts({
			...{ store: createAccountStore(test.database), passwords: createArgon2PasswordHasher() },
			...{ memberships, pictures: media, ceremonies: createPasskeyCeremonies() },
			...{ control: { publish: async () => undefined } },
			...{ clock: Date, randomBytes, log: silentLog, serverName: testServerName, registration: "open" },
		});
	const [ann, ben] = [await kith.addPerson("ann"), await kith.addPerson("ben")];
	const newRoom = (inviteeIds: UserId[] = []) =>
		kith.rooms.create({ creatorId: ann, transactionId: kith.transactionId(), kind: "group", inviteeIds });
	return {
		...kith,
		media,
		create,
		accounts: create(),
		newRoom,
		ann: { userId: ann, sessionId: "s", deviceId: "d", isOwner: false } satisfies Viewer,
		ben,
		prisma: test.database.prisma,
		shownIn: async (roomId: RoomId, userId: UserId = ann) =>
			(await kith.directory.snapshot(roomId, [userId]))?.state.get("m.room.member", userId)?.content,
		[Symbol.asyncDispose]: async () => {
			await test[Symbol.asyncDispose]();
			await rm(dataFolder, { recursive: true });
		},
	};
}

describe("a person's picture", () => {
	it("shows in every room they are in and in those that come later, until it is taken away", async () => {
		await using all = await startAll();
		const earlier = await all.newRoom([all.ben]);
		const url = await storeTestPicture(all.media, all.ann.userId);
		await all.accounts.changeAvatar(all.ann, url);
		const later = await all.newRoom();
		for (const roomId of [earlier, later]) {
			expect(await all.shownIn(roomId)).toEqual({ membership: "join", displayname: "ann", avatar_url: url });
		}
		const { items } = await all.accounts.searchPeople({ ...all.ann, userId: all.ben }, { text: "ann", limit: 5 });
		expect(items).toEqual([{ userId: all.ann.userId, displayName: "ann", avatarUrl: url }]);
		const pictures = () =>
			all.prisma.membership.findMany({ where: { userId: all.ann.userId }, select: { avatarUrl: true } });
		expect(await pictures()).toEqual([{ avatarUrl: url }, { avatarUrl: url }]);
		await all.accounts.changeAvatar(all.ann, null);
		expect(await all.shownIn(earlier)).toEqual({ membership: "join", displayname: "ann" });
		expect(await pictures()).toEqual([{ avatarUrl: null }, { avatarUrl: null }]);
	});

	it("goes along with invitations", async () => {
		await using all = await startAll();
		const url = await storeTestPicture(all.media, all.ben);
		await all.accounts.changeAvatar({ ...all.ann, userId: all.ben }, url);
		const roomId = await all.newRoom([all.ben]);
		expect(await all.shownIn(roomId, all.ben)).toMatchObject({ membership: "invite", avatar_url: url });
		await all.rooms.join({ userId: all.ben, room: roomId });
		expect(await all.shownIn(roomId, all.ben)).toMatchObject({ membership: "join", avatar_url: url });
	});

	it("must be one that they uploaded here", async () => {
		await using all = await startAll();
		const others = await storeTestPicture(all.media, all.ben);
		for (const url of [others, "mxc://evil.example/x", "https://evil.example/x.png", ""]) {
			await expect(all.accounts.changeAvatar(all.ann, url)).rejects.toMatchObject({ code: "bad-input" });
		}
		const user = await all.prisma.user.findUnique({ where: { id: all.ann.userId } });
		expect([user?.avatarUrl, user?.isProfileNew]).toEqual([null, false]);
	});
});

describe("a new profile that does not reach every room", () => {
	it("is stored all the same, and reaches them when it is tried again", async () => {
		await using all = await startAll();
		const roomId = await all.newRoom();
		const failing = all.create({
			...all.rooms,
			showProfile: async () => {
				throw new Error("no room can be reached");
			},
		});
		expect(await failing.changeDisplayName(all.ann, "Ann Archer")).toEqual({ displayName: "Ann Archer" });
		expect((await all.shownIn(roomId))?.["displayname"]).toBe("ann");
		await failing.showNewProfiles();
		expect((await all.shownIn(roomId))?.["displayname"]).toBe("ann");
		await all.accounts.showNewProfiles();
		expect((await all.shownIn(roomId))?.["displayname"]).toBe("Ann Archer");
		const committed = all.committed.length;
		await all.accounts.showNewProfiles();
		expect(all.committed.length).toBe(committed);
	});

	it("gives way to a newer one that another process stores meanwhile", async () => {
		await using all = await startAll();
		const roomId = await all.newRoom();
		let isFirst = true;
		const overtaken = all.create({
			...all.rooms,
			showProfile: async (userId) => {
				await all.rooms.showProfile(userId);
				if (!isFirst) return;
				isFirst = false;
				await all.prisma.user.update({ where: { id: userId }, data: { displayName: "Newer" } });
			},
		});
		await overtaken.changeDisplayName(all.ann, "Older");
		expect((await all.shownIn(roomId))?.["displayname"]).toBe("Newer");
	});
});
