import type { NodeDevice } from "../../crypto/node-device.ts";
import type { Person } from "../../server-process/add-people.ts";
import type { BenchServer } from "../bench-server.ts";
import type { FilledChat } from "../client/fill-chats.ts";
import { messageBody } from "../message.ts";
import { inParallel, range } from "../statistics.ts";
import { makeEncryptedRoom } from "./encrypted-room.ts";

/** A chat in which everything came encrypted. */
export interface SealedChat extends FilledChat {
	/** What its oldest message says, and no other. */
	readonly oldest: string;
}

const lanes = 8;

/** Chats of a person with the one whose device this is, in which that one said so many things. */
export async function fillSealedChats(
	server: BenchServer,
	{ by, person, chatCount, messageCount }: SealedFilling,
): Promise<readonly SealedChat[]> {
	const chats: SealedChat[] = [];
	for (const index of range(chatCount)) {
		const roomId = await makeEncryptedRoom(server, [by.person, person]);
		const [oldest, newest] = [`The oldest of chat ${index}.`, `The newest of chat ${index}.`];
		const say = (body: string): Promise<void> => by.say(roomId, [by.person.userId, person.userId], body);
		await say(oldest);
		await inParallel(range(messageCount - 2), lanes, (number) => say(`${messageBody} ${number}`));
		await say(newest);
		chats.push({ roomId, oldest, newest });
	}
	return chats;
}

interface SealedFilling {
	readonly by: NodeDevice;
	readonly person: Person;
	readonly chatCount: number;
	readonly messageCount: number;
}
