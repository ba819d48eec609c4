import { randomUUID } from "node:crypto";
import type { RoomId } from "../../federation/identifiers/identifier-types.ts";
import type { OllamaScript } from "../setup/scripted-ollama.ts";
import type { BotPerson, BotWorld } from "./bot-world.ts";

/** Answers each question by one line that rests on the first message. */
export const answering = (text: string): OllamaScript => ({
	chat: async (_, answer) => {
		await answer.say(JSON.stringify({ known: true, lines: [{ text, cites: [1] }] }));
		await answer.end();
	},
});

/** An encrypted group of these people. */
export const createRoom = async (maker: BotPerson, others: readonly BotPerson[] = []): Promise<RoomId> => {
	const wishes = { transactionId: randomUUID(), kind: "group", name: "Harbour", encryption: true } as const;
	const { roomId } = await maker.call.rooms.create({ ...wishes, inviteeIds: others.map(({ userId }) => userId) });
	for (const other of others) await other.call.rooms.join({ room: roomId });
	return roomId as RoomId;
};

/** The same with the assistant in it. */
export const enter = async (
	world: Pick<BotWorld, "membership">,
	maker: BotPerson,
	others: readonly BotPerson[] = [],
): Promise<RoomId> => {
	const roomId = await createRoom(maker, others);
	await maker.call.assistant.setPolicy({ roomId, policy: "bot" });
	await world.membership(roomId, maker, "join");
	return roomId;
};

export const mention = ({ botId }: Pick<BotWorld, "botId">) => ({ "m.mentions": { user_ids: [botId] } });

export const promptsOf = (world: BotWorld): string =>
	world.ollama.chats.flatMap(({ messages }) => messages.map(({ content }) => content)).join("\n");

export const heardBy = (
	world: Pick<BotWorld, "until">,
	{ person, roomId, count = 1 }: { readonly person: BotPerson; readonly roomId: RoomId; readonly count?: number },
): Promise<readonly string[]> =>
	world.until(async () => {
		const heard = await person.heard(roomId);
		return heard.length >= count ? heard : undefined;
	}, `${count} answers`);

/** What it answered in a room, in the order of the answers. */
export const answeredIn = async (
	{ botId }: Pick<BotWorld, "botId">,
	{ call }: BotPerson,
	roomId: RoomId,
): Promise<readonly (string | undefined)[]> => {
	const { items } = await call.messages.page({ roomId, direction: "backwards", limit: 100 });
	return items
		.filter(({ sender, type }) => sender === botId && type === "m.room.encrypted")
		.map(({ relatesTo }) => relatesTo?.eventId);
};

/** The names of its devices with their keys. */
export const devicesOf = async ({ container, botId }: BotWorld): Promise<string> => {
	const { deviceKeys } = await container().keys.query(botId, new Map([[botId, []]]));
	return JSON.stringify(deviceKeys);
};
