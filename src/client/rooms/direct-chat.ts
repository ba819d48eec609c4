import { newTransactionId } from "../outbox/transaction-id.ts";
import { clientStore } from "../store/client-store.ts";
import { createChat } from "./create-chat.ts";

/** The direct chat with a person: the one that exists, or a new one. */
export async function openDirectChat(userId: string): Promise<string> {
	for (const { roomId, summary } of clientStore.get().rooms.values()) {
		const isUsed = summary?.membership === "join" && summary.replacementRoomId === undefined;
		const isWithThem = summary?.kind === "direct" && summary.heroes.some((hero) => hero.userId === userId);
		if (isUsed && isWithThem) return roomId;
	}
	return createChat({ transactionId: newTransactionId(), kind: "direct", inviteeIds: [userId] });
}
