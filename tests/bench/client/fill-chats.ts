import type { Person } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import type { BenchServer } from "../bench-server.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { inParallel, range } from "../statistics.ts";

/** A chat of the person whose pages are measured. */
export interface FilledChat {
	readonly roomId: string;
	/** What its newest message says, and no other. */
	readonly newest: string;
}

export interface Filling {
	readonly person: Person;
	readonly friend: Person;
	readonly chatCount: number;
	readonly messageCount: number;
}

const lanes = 8;

/** Makes chats of two people, with messages of both by turns, newest last. */
export function fillChats(server: BenchServer, filling: Filling): Promise<readonly FilledChat[]> {
	const { person, friend, chatCount, messageCount } = filling;
	return inParallel(range(chatCount), lanes, async (index) => {
		const roomId = await server.makeRoom([person, friend]);
		const newest = `The newest of chat ${index}.`;
		for (const number of range(messageCount)) {
			const body = number === messageCount - 1 ? newest : `${messageBody} ${number}`;
			await say(server, { by: number % 3 === 0 ? person : friend, roomId, body });
		}
		return { roomId, newest };
	});
}

interface Saying {
	readonly by: Person;
	readonly roomId: string;
	readonly body: string;
}

async function say(server: BenchServer, { by, roomId, body }: Saying): Promise<void> {
	const caller = createHttpCaller(server.process.origin, by.cookie);
	await caller.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body });
	caller.close();
}
