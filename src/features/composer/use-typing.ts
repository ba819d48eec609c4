import { useEffect, useMemo } from "react";
import { createTypingSender, type TypingSender } from "../../client/rooms/typing-sender.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { privacyFrom } from "../../client/store/own-privacy.ts";
import { api } from "../../client/trpc/trpc.ts";
import { privacyType } from "../../shared/wire/privacy-choices.ts";

/** Lets the others in a room know that the person writes, where the person tells it. */
export function useTyping(roomId: string): TypingSender {
	const sender = useMemo(() => createTypingSender({ send: (isTyping) => tell(roomId, isTyping), later }), [roomId]);
	useEffect(() => sender.stop, [sender]);
	return sender;
}

/** What cannot be told now is not told later: by then it is no longer so. */
function tell(roomId: string, isTyping: boolean): void {
	const { connection, accountData } = clientStore.get();
	if (connection.kind !== "online" || !privacyFrom(accountData.get(privacyType)).typing) return;
	api.sync.setTyping.mutate({ roomId, isTyping }).catch(() => undefined);
}

function later(callback: () => void, delayMs: number): () => void {
	const timer = setTimeout(callback, delayMs);
	return () => clearTimeout(timer);
}
