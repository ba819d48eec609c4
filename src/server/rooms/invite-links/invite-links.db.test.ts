import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../../tests/setup/test-rooms.ts";
import { createInviteLinkStore } from "../../adapters/prisma/invite-links.ts";
import { createWriteLimiter } from "../write-limiter.ts";
import { createInviteLinks } from "./create-invite-links.ts";

const address = "192.0.2.7";
const shownPicture = "mxc://kith.example/shown";

/** A group with its owner and a moderator, and a stranger outside. */
const openGroup = async () => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const [owner, mod, stranger] = [
		await kith.addPerson("owner"),
		await kith.addPerson("mod"),
		await kith.addPerson("eve"),
	];
	const roomId = await kith.rooms.create({
		...{ creatorId: owner, transactionId: "t", kind: "group", name: "Allotment", inviteeIds: [mod] },
	});
	await kith.rooms.join({ userId: mod, room: roomId });
	let passedMs = 0;
	const links = createInviteLinks({
		lane: kith.lane,
		directory: kith.directory,
		store: createInviteLinkStore(test.database.pool),
		clock: { now: () => Date.now() + passedMs },
		randomBytes,
		limiter: createWriteLimiter(0, Date),
		readPicture: async (url) => (url === shownPicture ? "cGl4ZWxz" : undefined),
	});
	const membershipOf = async (userId: typeof owner): Promise<unknown> =>
		(await kith.directory.snapshot(roomId, [userId]))?.state.get("m.room.member", userId)?.content["membership"];
	const by = (userId: typeof owner, terms: { usesAllowed?: number; expiresInMs?: number } = {}) =>
		links.create({ userId, isServerOwner: false, roomId, bringsNewPeople: false, ...terms });
	const count = async (table: string): Promise<number> =>
		Number((await test.database.pool.query(`SELECT count(*) AS n FROM ${table}`)).rows[0].n);
	return {
		...{ ...kith, test, links, roomId, owner, mod, stranger, membershipOf, by, count },
		pass: (ms: number) => {
			passedMs += ms;
		},
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

const invalid = { code: "invite-link-invalid" };

describe("an invite link", () => {
	it("shows the room to a stranger, and lets them in by its maker's invitation", async () => {
		await using group = await openGroup();
		const { links, mod, stranger, roomId } = group;
		const { token } = await group.by(mod);
		expect(await links.preview({ token, address, userId: undefined })).toEqual({
			...{ kind: "group", name: "Allotment", joinedCount: 2, bringsNewPeople: false, standing: "stranger" },
			inviter: { userId: mod, displayName: "mod" },
		});
		expect(await links.preview({ token, address, userId: stranger })).toMatchObject({ standing: "none" });
		expect(await links.join({ userId: stranger, token })).toBe(roomId);
		expect(await group.membershipOf(stranger)).toBe("join");
		const { rows } = await group.test.database.pool.query(
			"SELECT sender FROM events WHERE type = 'm.room.member' AND state_key = $1 ORDER BY nid",
			[stranger],
		);
		expect(rows.map(({ sender }) => sender)).toEqual([mod, stranger]);
		expect(await links.preview({ token, address, userId: stranger })).toMatchObject({ standing: "join" });
	});

	it("hands the room's picture to a stranger, who may ask for no address, and to nobody else", async () => {
		await using group = await openGroup();
		const { links, rooms, owner, stranger, roomId } = group;
		const { token } = await group.by(owner);
		const previewFor = (userId: typeof owner | undefined) => links.preview({ token, address, userId });
		await rooms.setAvatar({ userId: owner, roomId, avatarUrl: "mxc://kith.example/too-large" });
		expect(await previewFor(undefined)).not.toHaveProperty("picture");
		await rooms.setAvatar({ userId: owner, roomId, avatarUrl: shownPicture });
		expect(await previewFor(undefined)).toMatchObject({ picture: "cGl4ZWxz" });
		expect(await previewFor(stranger)).toMatchObject({ avatarUrl: shownPicture });
		expect(await previewFor(stranger)).not.toHaveProperty("picture");
	});

	it("is stored without its secret", async () => {
		await using group = await openGroup();
		const { token } = await group.by(group.owner);
		const { rows } = await group.test.database.pool.query("SELECT * FROM invite_links");
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(token);
	});

	it("uses nothing up for whoever is in already, and lets a second try end as the first", async () => {
		await using group = await openGroup();
		const { links, owner, stranger, roomId } = group;
		const { token } = await group.by(owner, { usesAllowed: 2 });
		for (const userId of [owner, stranger, stranger]) expect(await links.join({ userId, token })).toBe(roomId);
		expect(await links.list(owner, roomId)).toMatchObject([{ usesCount: 1 }]);
	});

	it("lets in whoever had been invited, and whoever had left", async () => {
		await using group = await openGroup();
		const { links, rooms, owner, stranger, roomId } = group;
		await rooms.invite({ userId: owner, roomId, targetId: stranger });
		const { token } = await group.by(owner);
		await links.join({ userId: stranger, token });
		await rooms.leave({ userId: stranger, roomId });
		await links.join({ userId: stranger, token });
		expect(await group.membershipOf(stranger)).toBe("join");
	});

	it("is never used more often than allowed, also by many at once", async () => {
		await using group = await openGroup();
		const { links, owner, roomId } = group;
		const { token } = await group.by(owner, { usesAllowed: 3 });
		const crowd = await Promise.all(Array.from({ length: 8 }, (_, index) => group.addPerson(`crowd${index}`)));
		const answers = await Promise.allSettled(crowd.map((userId) => links.join({ userId, token })));
		expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
		for (const answer of answers) if (answer.status === "rejected") expect(answer.reason).toMatchObject(invalid);
		const memberships = await Promise.all(crowd.map((userId) => group.membershipOf(userId)));
		expect(memberships.filter((membership) => membership === "join")).toHaveLength(3);
		expect(await links.list(owner, roomId)).toEqual([]);
	});
});

describe("an invite link that does not work", () => {
	it("is refused alike whether it was guessed, is used up, has expired or was revoked", async () => {
		await using group = await openGroup();
		const { links, owner, stranger, roomId } = group;
		const late = await group.addPerson("late");
		const usedUp = await group.by(owner, { usesAllowed: 1 });
		await links.join({ userId: stranger, token: usedUp.token });
		const revoked = await group.by(owner);
		await links.revoke({ userId: owner, roomId, linkId: revoked.id });
		const expired = await group.by(owner, { expiresInMs: 60_000 });
		group.pass(60_000);
		for (const token of ["guessed-guessed-guessed-guessed", usedUp.token, revoked.token, expired.token]) {
			await expect(links.preview({ token, address, userId: undefined })).rejects.toMatchObject(invalid);
			await expect(links.join({ userId: late, token })).rejects.toMatchObject(invalid);
		}
		expect(await group.membershipOf(late)).toBeUndefined();
	});

	it("lets no banned person in, and gives the use back", async () => {
		await using group = await openGroup();
		const { links, rooms, owner, stranger, roomId } = group;
		const { token } = await group.by(owner, { usesAllowed: 1 });
		await rooms.ban({ userId: owner, roomId, targetId: stranger });
		await expect(links.join({ userId: stranger, token })).rejects.toMatchObject({ code: "forbidden" });
		expect(await links.preview({ token, address, userId: stranger })).toMatchObject({ standing: "ban" });
		expect(await links.list(owner, roomId)).toMatchObject([{ usesCount: 0 }]);
	});

	it.each(["kicked", "banned", "left", "without the power", "disabled"] as const)(
		"has a maker who is %s now",
		async (what) => {
			await using group = await openGroup();
			const { links, rooms, owner, mod, stranger, roomId } = group;
			const { token } = await group.by(mod);
			const target = { userId: owner, roomId, targetId: mod };
			if (what === "kicked") await rooms.kick(target);
			else if (what === "banned") await rooms.ban(target);
			else if (what === "left") await rooms.leave({ userId: mod, roomId });
			else if (what === "without the power") await raiseInvite(group);
			else await group.test.database.pool.query("UPDATE users SET disabled_at = now() WHERE id = $1", [mod]);
			await expect(links.preview({ token, address, userId: undefined })).rejects.toMatchObject(invalid);
			await expect(links.join({ userId: stranger, token })).rejects.toMatchObject(invalid);
			expect(await group.membershipOf(stranger)).toBeUndefined();
			if (what !== "disabled") expect(await links.list(owner, roomId)).toMatchObject([{ isWorking: false }]);
		},
	);

	it("leads to a room that was replaced", async () => {
		await using group = await openGroup();
		const { links, rooms, owner, stranger, roomId } = group;
		const { token } = await group.by(owner);
		await rooms.upgrade({ userId: owner, roomId, transactionId: "up", version: "12", ownerIds: [] });
		await expect(links.join({ userId: stranger, token })).rejects.toMatchObject(invalid);
		await expect(group.by(owner)).rejects.toMatchObject({ code: "forbidden" });
	});

	it("is made by nobody outside, nor where one may not invite, nor for a direct chat, nor without bound", async () => {
		await using group = await openGroup();
		const { links, owner, mod, stranger, rooms } = group;
		await expect(group.by(stranger)).rejects.toMatchObject({ code: "not-found" });
		const direct = await rooms.create({ creatorId: owner, transactionId: "d", kind: "direct", inviteeIds: [mod] });
		await expect(
			links.create({ userId: owner, isServerOwner: false, roomId: direct, bringsNewPeople: false }),
		).rejects.toMatchObject({ code: "forbidden" });
		for (let index = 0; index < 50; index += 1) await group.by(owner);
		await expect(group.by(owner)).rejects.toMatchObject({ code: "too-many-links" });
		await raiseInvite(group);
		await expect(group.by(mod)).rejects.toMatchObject({ code: "forbidden" });
		await expect(links.list(mod, group.roomId)).rejects.toMatchObject({ code: "forbidden" });
		await expect(links.list(stranger, group.roomId)).rejects.toMatchObject({ code: "not-found" });
	});

	it("is guessed ever more slowly from one address", async () => {
		await using group = await openGroup();
		const { links, owner } = group;
		const guess = (index: number) =>
			links.preview({ token: `guess-number-${String(index).padStart(9, "0")}`, address, userId: undefined });
		for (let index = 0; index < 20; index += 1) await expect(guess(index)).rejects.toMatchObject(invalid);
		await expect(guess(20)).rejects.toMatchObject({ code: "too-many-requests", retryAfterMs: expect.any(Number) });
		const { token } = await group.by(owner);
		expect(await links.preview({ token, address: "192.0.2.8", userId: undefined })).toMatchObject({ kind: "group" });
	});
});

describe("taking a link back", () => {
	it("is for its maker, and for whoever may remove people", async () => {
		await using group = await openGroup();
		const { links, rooms, owner, mod, stranger, roomId } = group;
		const ownersLink = await group.by(owner);
		const modsLink = await group.by(mod);
		await links.join({ userId: stranger, token: ownersLink.token });
		await expect(links.revoke({ userId: stranger, roomId, linkId: modsLink.id })).rejects.toMatchObject({
			code: "forbidden",
		});
		expect((await links.list(stranger, roomId)).map(({ canRevoke }) => canRevoke)).toEqual([false, false]);
		await links.revoke({ userId: mod, roomId, linkId: modsLink.id });
		await rooms.setRole({ userId: owner, roomId, targetId: mod, role: "moderator" });
		await links.revoke({ userId: mod, roomId, linkId: ownersLink.id });
		await links.revoke({ userId: mod, roomId, linkId: ownersLink.id });
		expect(await links.list(owner, roomId)).toEqual([]);
	});
});

describe("a link that brings new people", () => {
	const terms = { bringsNewPeople: true, usesAllowed: 2, expiresInMs: 60_000 };

	it("is for the owner of the server alone, and has an end", async () => {
		await using group = await openGroup();
		const { links, owner, roomId, count } = group;
		const create = (more: object) => links.create({ userId: owner, isServerOwner: true, roomId, ...terms, ...more });
		await expect(create({ isServerOwner: false })).rejects.toMatchObject({ code: "forbidden" });
		await expect(create({ usesAllowed: undefined })).rejects.toMatchObject({ code: "bad-input" });
		await expect(create({ expiresInMs: undefined })).rejects.toMatchObject({ code: "bad-input" });
		expect(await count("registration_tokens")).toBe(0);
		const { id, token } = await create({});
		expect(await links.preview({ token, address, userId: undefined })).toMatchObject({ bringsNewPeople: true });
		expect(await count("registration_tokens")).toBe(1);
		await links.revoke({ userId: owner, roomId, linkId: id });
		expect(await count("registration_tokens")).toBe(0);
	});
});

/** Makes inviting an admin's right. */
const raiseInvite = async (group: Awaited<ReturnType<typeof openGroup>>): Promise<void> => {
	const { lane, roomId, owner } = group;
	await lane.submit({
		rooms: [roomId],
		users: [owner],
		plan: (context) => {
			const draft = context.room(roomId);
			const content = draft.state("m.room.power_levels")?.content ?? {};
			draft.add({ type: "m.room.power_levels", stateKey: "", sender: owner, content: { ...content, invite: 100 } });
		},
	});
};
