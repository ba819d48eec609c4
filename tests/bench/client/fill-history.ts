import type { BenchServer } from "../bench-server.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { inParallel, range } from "../statistics.ts";

const writerCount = 16;

/** A room with a long past. */
export interface LongHistory {
	readonly roomId: string;
	/** What its oldest message says, and no other. */
	readonly oldest: string;
	readonly newest: string;
}

/** Makes a room of sixteen people in which they wrote so many messages, of one line to nine. */
export async function fillHistory(server: BenchServer, messageCount: number): Promise<LongHistory> {
	const people = await server.people(writerCount);
	const roomId = await server.makeRoom(people);
	const sockets = await server.openSockets(people);
	const send = async (index: number, body: string): Promise<void> => {
		const socket = sockets[index % writerCount];
		await socket?.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body });
	};
	const [oldest, newest] = ["The oldest message.", "The newest message."];
	await send(0, oldest);
	await inParallel(range(messageCount - 2), writerCount, (index) => send(index, bodyOf(index)));
	await send(0, newest);
	for (const socket of sockets) socket.close();
	return { roomId, oldest, newest };
}

/** Of many lengths, so that no height can be guessed from another. */
function bodyOf(index: number): string {
	const repeats = [0, 1, 1, 2, 0, 4, 1, 9][index % 8] ?? 0;
	const lastLine = index % 11 === 0 ? "\nAnd one more line." : "";
	return `${Array(repeats).fill(messageBody).join(" ")} Number ${index}.${lastLine}`.trim();
}
