import { clientOutbox } from "../outbox/client-outbox.ts";
import { openDirectChat } from "../rooms/direct-chat.ts";
import { clientStore } from "../store/client-store.ts";

/** Sends a message to whoever runs the server, in the chat with them: these words and nothing else. Answers which chat. */
export async function contactOwner(ownerId: string, body: string): Promise<string> {
	const userId = clientStore.get().me?.userId;
	if (userId === undefined) throw new Error("nobody is signed in");
	const roomId = await openDirectChat(ownerId);
	clientOutbox.add({ userId, roomId, body });
	return roomId;
}
