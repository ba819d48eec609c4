import { noteEncrypted } from "../crypto/room-encryption.ts";
import { shareHistory } from "../crypto/room-history.ts";
import { api } from "../trpc/trpc.ts";
import { isNewChatEncrypted } from "./new-chat-encryption.ts";

interface ChatWishes extends Omit<Parameters<typeof api.rooms.create.mutate>[0], "encryption"> {
	readonly inviteeIds: string[];
}

/** Makes a chat, encrypted as its kind asks for, or as is wanted where that is a choice. Answers the room's id. */
export async function createChat(wishes: ChatWishes, isEncryptionWanted = false): Promise<string> {
	const encryption = isNewChatEncrypted(wishes.kind, isEncryptionWanted);
	const { roomId } = await api.rooms.create.mutate({ ...wishes, encryption });
	if (encryption) {
		noteEncrypted(roomId);
		await shareHistory(roomId, wishes.inviteeIds);
	}
	return roomId;
}
