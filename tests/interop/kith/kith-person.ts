import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { WireEvent } from "../../../src/shared/wire/event.ts";
import { pageOutput, sentOutput } from "../../../src/shared/wire/message-calls.ts";
import { wireRoomDetails } from "../../../src/shared/wire/room.ts";
import { membersOutput, roomIdOutput, roomListOutput } from "../../../src/shared/wire/room-calls.ts";
import type { ApiCaller } from "../../server-process/api-caller.ts";
import { ApiError } from "../../server-process/api-error.ts";
import { openSocketCaller } from "../../server-process/socket-caller.ts";
import type { Person, SeenMessage } from "../homeserver.ts";
import { followEphemeral } from "./follow-ephemeral.ts";
import { kithDirectory } from "./kith-directory.ts";
import { kithPictures } from "./kith-pictures.ts";

interface KithPersonOptions {
	readonly caller: ApiCaller;
	readonly userId: string;
	readonly origin: string;
	readonly cookie: string;
	readonly ca: string;
}

const roles = { 0: "member", 50: "moderator", 100: "admin" } as const;

/** Somebody on a Kith, by its typed API. */
export const createKithPerson = ({ caller, userId, ...connection }: KithPersonOptions): Person => {
	const roomCall = async (path: string, input: object): Promise<void> =>
		void (await caller.mutate(`rooms.${path}`, input));
	const sent = async (path: string, input: object): Promise<string> => {
		const answer = await caller.mutate(`messages.${path}`, { ...input, transactionId: randomUUID() });
		return sentOutput.parse(answer).eventId;
	};
	const details = async (roomId: string) => wireRoomDetails.parse(await caller.query("rooms.details", { roomId }));
	/** Rooms that one is out of are in no list: only what is refused tells them from rooms that one never knew. */
	const wasIn = async (roomId: string): Promise<"leave" | undefined> => {
		try {
			await details(roomId);
		} catch (error) {
			if (error instanceof ApiError && error.code === "not-a-member") return "leave";
		}
		return undefined;
	};
	const page = async (roomId: string) =>
		pageOutput.parse(await caller.query("messages.page", { roomId, direction: "backwards", limit: 200 })).items;
	const ephemeral = followEphemeral({ ...connection, userId });
	const pictures = kithPictures(connection);
	return {
		userId,
		createRoom: async ({ name, invite = [], aliasLocalpart, isSpace = false }) => {
			const isPublic = aliasLocalpart !== undefined;
			const kind = isSpace ? "space" : isPublic ? "public" : "group";
			const wishes = { transactionId: randomUUID(), kind, isPublic, name, inviteeIds: invite, aliasLocalpart };
			return roomIdOutput.parse(await caller.mutate("rooms.create", wishes)).roomId;
		},
		invite: (roomId, other) => roomCall("invite", { roomId, userId: other }),
		join: async (room, via = []) => roomIdOutput.parse(await caller.mutate("rooms.join", { room, via })).roomId,
		knock: async (room, via) => void (await caller.mutate("rooms.knock", { room, via, reason: "Let me in" })),
		leave: (roomId) => roomCall("leave", { roomId }),
		kick: (roomId, other) => roomCall("kick", { roomId, userId: other }),
		ban: (roomId, other) => roomCall("ban", { roomId, userId: other }),
		unban: (roomId, other) => roomCall("unban", { roomId, userId: other }),
		setName: (roomId, name) => roomCall("setName", { roomId, name }),
		setTopic: (roomId, topic) => roomCall("setTopic", { roomId, topic }),
		setPower: (roomId, other, level) => roomCall("setRole", { roomId, userId: other, role: roles[level] }),
		setJoinRule: (roomId, joinRule, allowedRoomIds = []) =>
			roomCall("setJoinRule", { roomId, joinRule, allowedRoomIds }),
		setServerAcl: (roomId, deny) => roomCall("setServerAcl", { roomId, deny }),
		setRoomPicture: async (roomId, content) =>
			roomCall("setAvatar", { roomId, avatarUrl: await pictures.upload(content) }),
		upgrade: async (roomId, version) => {
			const wishes = { roomId, version, transactionId: randomUUID() };
			return roomIdOutput.parse(await caller.mutate("rooms.upgrade", wishes)).roomId;
		},
		follow: async (roomId) => roomIdOutput.parse(await caller.mutate("rooms.followUpgrade", { roomId })).roomId,
		...kithDirectory(caller),
		setDisplayName: async (displayName) => void (await caller.mutate("accounts.changeDisplayName", { displayName })),
		setPicture: async (content) => {
			const avatarUrl = await pictures.upload(content);
			await caller.mutate("accounts.changeAvatar", { avatarUrl });
		},
		pictureIn: async (roomId, other) => {
			const url = (await membersOf(caller, roomId)).find((member) => member.userId === other)?.avatarUrl;
			return url === undefined ? undefined : pictures.download(url);
		},
		send: (roomId, body, replyTo) => sent("send", { roomId, body, ...(replyTo === undefined ? {} : { replyTo }) }),
		edit: (roomId, targetEventId, body) => sent("edit", { roomId, targetEventId, body }),
		react: (roomId, targetEventId, key) => sent("react", { roomId, targetEventId, key }),
		redact: (roomId, targetEventId) => sent("redact", { roomId, targetEventId }),
		setTyping: async (roomId, isTyping) => void (await caller.mutate("sync.setTyping", { roomId, isTyping })),
		markRead: async (roomId, eventId) =>
			void (await caller.mutate("messages.markRead", { roomId, eventId, kind: "public" })),
		membership: async (roomId) => {
			const listed = (await roomsOf(caller)).find((room) => room.roomId === roomId);
			return listed?.membership ?? (await wasIn(roomId));
		},
		members: async (roomId) => {
			const members = await membersOf(caller, roomId);
			return new Map(members.map((member) => [member.userId, member.membership]));
		},
		displayNameIn: async (roomId, other) =>
			(await membersOf(caller, roomId)).find((member) => member.userId === other)?.displayName,
		roomPicture: async (roomId) => {
			const { avatarUrl } = (await details(roomId)).summary;
			return avatarUrl === undefined ? undefined : pictures.download(avatarUrl);
		},
		replacement: async (roomId) => (await details(roomId)).summary.replacementRoomId,
		details: async (roomId) => {
			const { summary } = await details(roomId);
			return { name: summary.name, topic: summary.topic };
		},
		messages: async (roomId) => (await page(roomId)).filter(({ type }) => type === "m.room.message").map(seen),
		history: async (roomId) => {
			const events: WireEvent[] = [];
			let cursor: string | undefined;
			do {
				const input = { roomId, direction: "backwards", limit: 100, ...(cursor === undefined ? {} : { cursor }) };
				const answer = pageOutput.parse(await caller.query("messages.page", input));
				events.unshift(...answer.items);
				cursor = answer.nextCursor;
			} while (cursor !== undefined);
			return events.filter(({ type }) => type === "m.room.message").map(seen);
		},
		typing: (roomId) => ephemeral.of(roomId),
		seesOnline: (other) => ephemeral.isOnline(other),
		readUpTo: async (roomId, other) => {
			const read = (await details(roomId)).progress.reads.find((receipt) => receipt.userId === other);
			return (await page(roomId)).find(({ position }) => position === read?.position)?.eventId;
		},
		listen: async (onText) => {
			const socket = await openSocketCaller(connection.origin, connection.cookie, { ca: connection.ca });
			await new Promise<void>((resolve) => {
				let isStarted = false;
				socket.subscribe({}, (frame) => {
					// The first frames say that the subscription runs, and what was there before.
					if (isStarted) onText(frame);
					else if (frame.includes('"start"')) {
						isStarted = true;
						resolve();
					}
				});
			});
			return socket.close;
		},
	};
};

const seen = (event: WireEvent): SeenMessage => ({
	eventId: event.eventId,
	sender: event.sender,
	body: event.redactedBy === undefined && typeof event.content["body"] === "string" ? event.content["body"] : undefined,
	replyTo: event.relatesTo?.kind === "reply" ? event.relatesTo.eventId : undefined,
	reactions: Object.fromEntries((event.reactions ?? []).map(({ key, count }) => [key, count])),
});

const roomsOf = async (caller: ApiCaller): Promise<z.infer<typeof roomListOutput>["items"]> =>
	roomListOutput.parse(await caller.query("rooms.list", { limit: 100 })).items;

const membersOf = async (caller: ApiCaller, roomId: string): Promise<z.infer<typeof membersOutput>["items"]> => {
	const items: z.infer<typeof membersOutput>["items"] = [];
	let cursor: string | undefined;
	do {
		const input = { roomId, limit: 500, ...(cursor === undefined ? {} : { cursor }) };
		const answer = membersOutput.parse(await caller.query("rooms.members", input));
		items.push(...answer.items);
		cursor = answer.nextCursor;
	} while (cursor !== undefined);
	return items;
};
