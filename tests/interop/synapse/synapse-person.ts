import { randomUUID } from "node:crypto";
import type { Person, RoomWishes } from "../homeserver.ts";
import { callSynapse, followSync } from "./call-synapse.ts";
import { foldMessages, type RawEvent } from "./fold-messages.ts";
import { synapseFiles } from "./synapse-files.ts";
import { createSyncView } from "./sync-view.ts";

export interface SynapsePersonOptions {
	readonly url: string;
	readonly ca: string;
	readonly userId: string;
	readonly token: string;
}

type Content = Record<string, unknown>;

/** Somebody on a Synapse, by the Client-Server API. */
export const createSynapsePerson = ({ url, ca, userId, token }: SynapsePersonOptions): Person => {
	const call = (method: "GET" | "PUT" | "POST", path: string, content?: unknown): Promise<Content> =>
		callSynapse({
			// A few calls are newer than the rest.
			url: `${url}/_matrix/client/${/\/(hierarchy$|timestamp_to_event\?)/.test(path) ? "v1" : "v3"}/${path}`,
			method,
			token,
			ca,
			...(content === undefined ? {} : { content }),
		});
	const inRoom = (roomId: string, rest: string): string => `rooms/${encodeURIComponent(roomId)}/${rest}`;
	const act = async (roomId: string, verb: string, content: Content): Promise<void> =>
		void (await call("POST", inRoom(roomId, verb), content));
	const send = async (roomId: string, type: string, content: Content): Promise<string> =>
		String((await call("PUT", inRoom(roomId, `send/${type}/${randomUUID()}`), content))["event_id"]);
	const setState = async (roomId: string, type: string, content: Content): Promise<void> =>
		void (await call("PUT", inRoom(roomId, `state/${type}`), content));
	const stateOf = (roomId: string, type: string): Promise<Content | undefined> =>
		call("GET", inRoom(roomId, `state/${type}`)).catch(() => undefined);
	const members = async (roomId: string): Promise<readonly RawEvent[]> =>
		(await call("GET", inRoom(roomId, "members")))["chunk"] as RawEvent[];
	const view = createSyncView((query) => call("GET", `sync?${query}`), userId);
	const { upload, download } = synapseFiles({ url, ca, token });
	const you = (other: string) => ({ user_id: other });
	const message = (body: string): Content => ({ msgtype: "m.text", body });
	return {
		userId,
		createRoom: async (wishes) => String((await call("POST", "createRoom", creationOf(wishes)))["room_id"]),
		invite: (roomId, other) => act(roomId, "invite", you(other)),
		join: async (room, via = []) => {
			return String((await call("POST", `join/${encodeURIComponent(room)}?${serversOf(via)}`, {}))["room_id"]);
		},
		knock: async (room, via) => {
			const reason = { reason: "Let me in" };
			await call("POST", `knock/${encodeURIComponent(room)}?${serversOf(via)}`, reason);
		},
		leave: (roomId) => act(roomId, "leave", {}),
		kick: (roomId, other) => act(roomId, "kick", you(other)),
		ban: (roomId, other) => act(roomId, "ban", you(other)),
		unban: (roomId, other) => act(roomId, "unban", you(other)),
		setName: (roomId, name) => setState(roomId, "m.room.name", { name }),
		setTopic: (roomId, topic) => setState(roomId, "m.room.topic", { topic }),
		setPower: async (roomId, other, level) => {
			const levels = (await stateOf(roomId, "m.room.power_levels")) ?? {};
			const users = (levels["users"] ?? {}) as Record<string, number>;
			await setState(roomId, "m.room.power_levels", { ...levels, users: { ...users, [other]: level } });
		},
		setJoinRule: (roomId, join_rule, rooms = []) => {
			const allow = rooms.map((room_id) => ({ type: "m.room_membership", room_id }));
			return setState(roomId, "m.room.join_rules", { join_rule, ...(join_rule === "restricted" ? { allow } : {}) });
		},
		setServerAcl: (roomId, deny) =>
			setState(roomId, "m.room.server_acl", { allow: ["*"], deny, allow_ip_literals: true }),
		setRoomPicture: async (roomId, content) => setState(roomId, "m.room.avatar", { url: await upload(content) }),
		upgrade: async (roomId, version) =>
			String((await call("POST", inRoom(roomId, "upgrade"), { new_version: version }))["replacement_room"]),
		follow: async (roomId) => {
			const tombstone = await stateOf(roomId, "m.room.tombstone");
			const servers = new Set((await members(roomId)).map((event) => serverOf(event.state_key ?? "")));
			const next = encodeURIComponent(String(tombstone?.["replacement_room"]));
			return String((await call("POST", `join/${next}?${serversOf([...servers])}`, {}))["room_id"]);
		},
		addToSpace: (spaceId, roomId, via) => setState(spaceId, `m.space.child/${encodeURIComponent(roomId)}`, { via }),
		publicRooms: async (server, words) => {
			const wanted = { limit: 1_000, filter: { generic_search_term: words } };
			const { chunk } = await call("POST", `publicRooms?server=${server}`, wanted);
			return (chunk as readonly Content[]).map(({ room_id }) => String(room_id));
		},
		roomsInSpace: async (spaceId) => {
			const { rooms } = await call("GET", inRoom(spaceId, "hierarchy"));
			return (rooms as readonly Content[]).slice(1).map(({ room_id }) => String(room_id));
		},
		eventAt: async (roomId, ts) => {
			const found = await call("GET", inRoom(roomId, `timestamp_to_event?ts=${ts}&dir=f`));
			return String(found["event_id"]);
		},
		setDisplayName: async (displayname) =>
			void (await call("PUT", `profile/${encodeURIComponent(userId)}/displayname`, { displayname })),
		setPicture: async (content) => {
			const avatar_url = await upload(content);
			await call("PUT", `profile/${encodeURIComponent(userId)}/avatar_url`, { avatar_url });
		},
		pictureIn: async (roomId, other) => {
			const member = (await members(roomId)).find((event) => event.state_key === other);
			return download(member?.content["avatar_url"]);
		},
		send: (roomId, body, replyTo) => {
			const relation = replyTo === undefined ? {} : { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } };
			return send(roomId, "m.room.message", { ...message(body), ...relation });
		},
		edit: (roomId, eventId, body) =>
			send(roomId, "m.room.message", {
				...message(`* ${body}`),
				"m.new_content": message(body),
				"m.relates_to": { rel_type: "m.replace", event_id: eventId },
			}),
		react: (roomId, eventId, key) =>
			send(roomId, "m.reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: eventId, key } }),
		redact: async (roomId, eventId) => {
			const answer = await call("PUT", inRoom(roomId, `redact/${encodeURIComponent(eventId)}/${randomUUID()}`), {});
			return String(answer["event_id"]);
		},
		setTyping: async (roomId, typing) =>
			void (await call("PUT", inRoom(roomId, `typing/${encodeURIComponent(userId)}`), { typing, timeout: 30_000 })),
		markRead: (roomId, eventId) => act(roomId, `receipt/m.read/${encodeURIComponent(eventId)}`, {}),
		membership: (roomId) => view.membership(roomId),
		members: async (roomId) =>
			new Map((await members(roomId)).map((event) => [event.state_key ?? "", String(event.content["membership"])])),
		displayNameIn: async (roomId, other) => {
			const member = (await members(roomId)).find((event) => event.state_key === other);
			return member === undefined ? undefined : String(member.content["displayname"] ?? "");
		},
		roomPicture: async (roomId) => download((await stateOf(roomId, "m.room.avatar"))?.["url"]),
		replacement: async (roomId) => {
			const room = (await stateOf(roomId, "m.room.tombstone"))?.["replacement_room"];
			return typeof room === "string" ? room : undefined;
		},
		details: async (roomId) => {
			const [name, topic] = await Promise.all([stateOf(roomId, "m.room.name"), stateOf(roomId, "m.room.topic")]);
			const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
			return { name: textOf(name?.["name"]), topic: textOf(topic?.["topic"]) };
		},
		messages: async (roomId) => {
			const page = await call("GET", inRoom(roomId, "messages?dir=b&limit=500"));
			return foldMessages((page["chunk"] as RawEvent[]).toReversed());
		},
		history: async (roomId) => {
			const events: RawEvent[] = [];
			let from = "";
			do {
				const page = await call("GET", inRoom(roomId, `messages?dir=b&limit=100${from}`));
				events.unshift(...(page["chunk"] as RawEvent[]).toReversed());
				from = page["end"] === undefined ? "" : `&from=${page["end"]}`;
			} while (from !== "");
			return foldMessages(events);
		},
		typing: (roomId) => view.typing(roomId),
		seesOnline: (other) => view.isOnline(other),
		readUpTo: (roomId, other) => view.readUpTo(roomId, other),
		listen: (onText) => followSync({ url, ca, token }, onText),
	};
};

const serverOf = (userId: string): string => userId.slice(userId.indexOf(":") + 1);

const serversOf = (via: readonly string[]): string =>
	via.flatMap((server) => [`server_name=${server}`, `via=${server}`]).join("&");

const creationOf = ({ version, name, invite = [], aliasLocalpart, isSpace = false }: RoomWishes): Content => ({
	room_version: version,
	...(isSpace ? { creation_content: { type: "m.space" } } : {}),
	name,
	invite,
	preset: aliasLocalpart === undefined ? "private_chat" : "public_chat",
	...(aliasLocalpart === undefined ? {} : { room_alias_name: aliasLocalpart, visibility: "public" }),
});
