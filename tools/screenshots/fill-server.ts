import { openNodeDevice } from "../../tests/crypto/node-device.ts";
import { makeOwner, namePeople } from "../../tests/e2e/support/name-people.ts";
import { addDevice, addPeople, type Person } from "../../tests/server-process/add-people.ts";
import type { ApiCaller } from "../../tests/server-process/api-caller.ts";
import { createHttpCaller } from "../../tests/server-process/http-caller.ts";
import { openServerDatabase } from "../../tests/server-process/server-database.ts";
import { type Chat, cast, chats, type Line, type Name, portrayed } from "./cast.ts";
import { uploadPicture } from "./upload-picture.ts";

interface Actor {
	readonly account: Person;
	readonly api: ApiCaller;
}

export type Actors = ReadonlyMap<Name, Actor>;

/** What the pictures are taken of. */
export interface FilledServer {
	/** Whose chats are shown. */
	readonly viewer: Person;
	/** Somebody who has no chat yet. */
	readonly newcomer: Person;
	/** A second device of somebody, to which nothing was opened yet. */
	readonly lockedDevice: Person;
	/** The conversation that is shown. */
	readonly roomId: string;
	/** A conversation with something new. */
	readonly unreadRoomId: string;
	/** A group that the viewer alone owns, with the longest of names. */
	readonly ownedRoomId: string;
	readonly directRoomId: string;
	/** A group that the viewer is invited to. */
	readonly invitedRoomId: string;
	/** A group that the viewer left and forgot. */
	readonly forgottenRoomId: string;
	/** The address within this server of a public room that the viewer is not in. */
	readonly publicAlias: string;
	/** A community of the viewer. */
	readonly spaceId: string;
	/** A room of the viewer that goes on in one that they are not in. */
	readonly replacedRoomId: string;
	/** The address of a room that lets people ask, and a room that the viewer asks to join. */
	readonly knockAlias: string;
	readonly askedRoomId: string;
	/** The secret of an invite link to the conversation. */
	readonly inviteToken: string;
}

interface Sent {
	readonly eventId: string;
	readonly position: string;
}

/** Makes the people and their chats through the API, as their own clients would. */
export async function fillServer(server: { origin: string; dataFolder: string }): Promise<FilledServer> {
	const names = Object.keys(cast) as Name[];
	const accounts = await addPeople(server.dataFolder, [...names, "sol"]);
	const shown = accounts.map(({ userId, localpart }) => [userId, nameOf(localpart)] as const);
	await namePeople(server.dataFolder, new Map(shown));
	const actors = new Map<Name, Actor>();
	for (const [index, name] of names.entries()) {
		const account = accounts[index];
		if (account !== undefined) actors.set(name, { account, api: createHttpCaller(server.origin, account.cookie) });
	}
	const viewer = actorOf(actors, "mira").account;
	await makeOwner(server.dataFolder, viewer.userId);
	for (const name of portrayed) {
		const { account, api } = actorOf(actors, name);
		await api.mutate("accounts.changeAvatar", { avatarUrl: await uploadPicture(server.origin, account, name) });
	}
	const { innerId, ...oldest } = await openOldest(actors);
	const roomIds = new Map<string, string>();
	for (const [index, chat] of chats.entries()) {
		const roomId = await play(chat, { origin: server.origin, id: `chat-${index}` }, actors);
		roomIds.set(chat.name ?? chat.owner, roomId);
	}
	const newcomer = accounts.at(-1);
	if (newcomer === undefined) throw new Error("there is nobody");
	const roomOf = (name: string): string => roomIds.get(name) ?? "";
	const forgottenRoomId = roomOf("Surprises");
	for (const path of ["rooms.leave", "rooms.forget"]) {
		await actorOf(actors, "mira").api.mutate(path, { roomId: forgottenRoomId });
	}
	const publicAlias = "market-square";
	const market = await actorOf(actors, "tomasz").api.mutate("rooms.create", {
		...{ transactionId: "public", kind: "public", name: "Market square", aliasLocalpart: publicAlias },
		topic: "Who sells what on Saturday, and who lends a stall.",
	});
	const knocking = await knockOnRooms(
		actors,
		roomOf(chats.find(({ name }) => name?.startsWith("Autumn market"))?.name ?? ""),
	);
	const inSpace = [roomOf("Allotment 7"), roomOf("Thursday choir"), (market as { roomId: string }).roomId, innerId];
	await fillSpace(actors, oldest.spaceId, inSpace);
	const link = await actorOf(actors, "lotte").api.mutate("rooms.createInviteLink", { roomId: roomOf("Oma turns 80") });
	await actorOf(actors, "mira").api.mutate("admin.createToken", {});
	const reporterId = actorOf(actors, "lotte").account.userId;
	await meetServers(server.dataFolder, { viewerId: viewer.userId, reporterId });
	await actorOf(actors, "mira").api.mutate("admin.putServerRule", {
		...{ pattern: "bulkinvites.example", kind: "block", note: "Invitation spam" },
	});
	for (const { api } of actors.values()) api.close();
	return {
		viewer,
		newcomer,
		lockedDevice: await openSecondDevice(server, actorOf(actors, "ines").account),
		roomId: roomOf("Oma turns 80"),
		unreadRoomId: roomOf("Allotment 7"),
		ownedRoomId: roomOf(chats.find(({ name }) => name?.startsWith("Autumn market"))?.name ?? ""),
		directRoomId: roomOf("ines"),
		invitedRoomId: roomOf("Lake house weekend"),
		forgottenRoomId,
		publicAlias,
		...oldest,
		...knocking,
		inviteToken: (link as { token: string }).token,
	};
}

/** The first device has an identity by then, which the second one lacks. */
async function openSecondDevice(
	{ origin, dataFolder }: { readonly origin: string; readonly dataFolder: string },
	person: Person,
): Promise<Person> {
	const first = await openNodeDevice(origin, person);
	first.stop();
	return addDevice(dataFolder, person);
}

/** What is older than all chats of the viewer. */
async function openOldest(actors: Actors) {
	const topic = "Everything around the river: gardens, choir, school run.";
	const spaceId = await openSpace(actors, "Riverside neighbours", topic);
	const replacedRoomId = await replaceRoom(actors);
	const innerId = await openSpace(actors, "Orchard", "Apples, pears and who presses them.");
	return { spaceId, innerId, replacedRoomId };
}

/** A community of the viewer. */
async function openSpace(actors: Actors, name: string, topic: string): Promise<string> {
	const space = { transactionId: name.replaceAll(" ", "-"), kind: "space", name, topic, isPublic: true };
	return ((await actorOf(actors, "mira").api.mutate("rooms.create", space)) as { roomId: string }).roomId;
}

/** A room that went on elsewhere, without the viewer. */
async function replaceRoom(actors: Actors): Promise<string> {
	const owner = actorOf(actors, "tomasz").api;
	const viewer = actorOf(actors, "mira").api;
	const room = { transactionId: "books", kind: "public", name: "Book swap" };
	const { roomId } = (await owner.mutate("rooms.create", room)) as { roomId: string };
	await viewer.mutate("rooms.join", { room: roomId });
	await viewer.mutate("messages.send", { roomId, transactionId: "book", body: "I have two atlases to give away." });
	const moved = await owner.mutate("rooms.upgrade", { roomId, transactionId: "move", version: "12" });
	for (const path of ["rooms.leave", "rooms.forget"]) await viewer.mutate(path, moved as { roomId: string });
	return roomId;
}

/** Puts rooms into it; in the public one the viewer is no longer. */
async function fillSpace(actors: Actors, spaceId: string, roomIds: readonly string[]): Promise<void> {
	const { api } = actorOf(actors, "mira");
	const [, , publicId = ""] = roomIds;
	await api.mutate("rooms.join", { room: publicId });
	for (const roomId of roomIds) await api.mutate("rooms.addToSpace", { spaceId, roomId });
	await api.mutate("rooms.leave", { roomId: publicId });
}

/** A room that lets people ask, one where the viewer does, and somebody who asks to come into the viewer's own. */
async function knockOnRooms(actors: Actors, ownedRoomId: string) {
	const owner = actorOf(actors, "tomasz").api;
	const viewer = actorOf(actors, "mira").api;
	const open = async (name: string, aliasLocalpart: string): Promise<string> => {
		const room = {
			transactionId: aliasLocalpart,
			kind: "group",
			name,
			aliasLocalpart,
			topic: "Keys, bins and the boiler.",
		};
		const { roomId } = (await owner.mutate("rooms.create", room)) as { roomId: string };
		await owner.mutate("rooms.setJoinRule", { roomId, joinRule: "knock" });
		return roomId;
	};
	const knockAlias = "house-committee";
	await open("House committee", knockAlias);
	const askedRoomId = await open("Night swimmers", "night-swimmers");
	await viewer.mutate("rooms.knock", { room: askedRoomId, reason: "Piet told me about you." });
	await viewer.mutate("rooms.setJoinRule", { roomId: ownedRoomId, joinRule: "knock" });
	await actorOf(actors, "piet").api.mutate("rooms.knock", { room: ownedRoomId });
	return { knockAlias, askedRoomId };
}

/** Other servers as they are after some weeks: two answer, one catches up, one is blocked, one has been away since yesterday. */
async function meetServers(
	dataFolder: string,
	{ viewerId, reporterId }: { readonly viewerId: string; readonly reporterId: string },
): Promise<void> {
	await using client = await openServerDatabase(dataFolder);
	await client.query(
		`INSERT INTO destinations (server_name, failures, failing_since, retry_at, last_success_at, last_error) VALUES
			('orchestra.example', 0, NULL, NULL, now() - interval '2 minutes', NULL),
			('chat.allotments.example', 0, NULL, NULL, now() - interval '3 hours', NULL),
			('museum.example', 0, NULL, now() + interval '1 hour', now() - interval '4 seconds', NULL),
			('bulkinvites.example', 0, NULL, NULL, now() - interval '9 days', NULL),
			('family-berger.example:8448', 9, now() - interval '26 hours', now() + interval '17 minutes',
				now() - interval '26 hours', 'connection: the connection failed (ECONNREFUSED)')`,
	);
	await client.query(
		`INSERT INTO outbox_entries (destination, event_nid, room_nid)
			SELECT d, nid, room_nid FROM (SELECT nid, room_nid FROM events WHERE type = 'm.room.message' LIMIT 14) e,
				unnest(array['family-berger.example:8448', 'museum.example']) d`,
	);
	await client.query(
		`UPDATE destinations SET catch_up_total = 38, catch_up_id = (SELECT max(id) FROM outbox_entries)
			WHERE server_name = 'museum.example'`,
	);
	await client.query(
		`INSERT INTO blocked_people (user_id, blocked_id, created_at) VALUES ($1, '@prize:bulkinvites.example', now() - interval '9 days')`,
		[viewerId],
	);
	await client.query(
		`INSERT INTO reports (reporter_id, subject_id, room_id, room_name, words, created_at, settled_at) VALUES
			($1, '@prize:bulkinvites.example', '!a:bulkinvites.example', 'You have won', 'The third one of these today.', now() - interval '9 days', NULL),
			($1, '@crypto.friend:lists.example', '', NULL, '', now() - interval '30 days', now() - interval '29 days')`,
		[reporterId],
	);
}

function nameOf(localpart: string): string {
	return new Map<string, string>(Object.entries(cast)).get(localpart) ?? "Sol Ferreira";
}

interface Play {
	readonly origin: string;
	/** Names the chat in transactions. */
	readonly id: string;
}

async function play(chat: Chat, { origin, id }: Play, actors: Actors): Promise<string> {
	const roomId = await open(chat, { origin, id }, actors);
	const sent: (Sent | undefined)[] = [];
	for (const [index, line] of chat.lines.entries()) {
		const { api } = actorOf(actors, line.by);
		const call = callFor(line, { roomId, transactionId: `${id}-line-${index}` }, { actors, sent });
		sent.push((await api.mutate(call.path, call.input)) as Sent);
	}
	const last = sent.findLast((one, index) => one !== undefined && "says" in (chat.lines[index] ?? {}));
	if (last === undefined) return roomId;
	for (const name of [chat.owner, ...chat.others]) {
		const { api } = actorOf(actors, name);
		await api.mutate("sync.acknowledge", { position: last.position });
		if (chat.readBy.includes(name)) {
			await api.mutate("messages.markRead", { roomId, eventId: last.eventId, kind: "public" });
		}
	}
	return roomId;
}

async function open(chat: Chat, { origin, id: transactionId }: Play, actors: Actors): Promise<string> {
	const { api, account } = actorOf(actors, chat.owner);
	const idOf = (name: Name): string => actorOf(actors, name).account.userId;
	const { roomId } = (await api.mutate("rooms.create", {
		transactionId,
		kind: chat.name === undefined ? "direct" : "group",
		...(chat.name === undefined ? {} : { name: chat.name }),
		...(chat.topic === undefined ? {} : { topic: chat.topic }),
		...(chat.picture === undefined ? {} : { avatarUrl: await uploadPicture(origin, account, chat.picture) }),
		inviteeIds: [...chat.others, ...(chat.invited ?? [])].map(idOf),
	})) as { roomId: string };
	for (const name of chat.others) await actorOf(actors, name).api.mutate("rooms.acceptInvite", { roomId });
	for (const [name, role] of Object.entries(chat.roles ?? {})) {
		await api.mutate("rooms.setRole", { roomId, userId: idOf(name as Name), role });
	}
	return roomId;
}

interface Past {
	readonly actors: Actors;
	readonly sent: readonly (Sent | undefined)[];
}

function callFor(line: Line, base: { roomId: string; transactionId: string }, { actors, sent }: Past) {
	const eventId = (index: number): string => sent[index]?.eventId ?? "";
	if ("reacts" in line) {
		return { path: "messages.react", input: { ...base, targetEventId: eventId(line.to), key: line.reacts } };
	}
	if ("changes" in line) {
		return { path: "messages.edit", input: { ...base, targetEventId: eventId(line.changes), body: line.into } };
	}
	const mentions = line.mentions?.map((name) => actorOf(actors, name).account.userId);
	const replyTo = line.replyTo === undefined ? {} : { replyTo: eventId(line.replyTo) };
	return { path: "messages.send", input: { ...base, body: line.says, ...replyTo, ...(mentions && { mentions }) } };
}

function actorOf(actors: Actors, name: Name): Actor {
	const actor = actors.get(name);
	if (actor === undefined) throw new Error(`${name} is not in the cast`);
	return actor;
}
