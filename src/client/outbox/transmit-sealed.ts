import { clientCipher } from "../crypto/client-cipher.ts";
import type { RoomEncryption } from "../crypto/message-cipher.ts";
import { api } from "../trpc/trpc.ts";
import { type EditWords, editContent, type MessageWords, messageContent } from "./message-content.ts";
import type { SentReceipt } from "./outbox.ts";

interface SealedEntry {
	readonly roomId: string;
	readonly transactionId: string;
	readonly encryption: RoomEncryption;
}

export function transmitSealedMessage(entry: SealedEntry, words: MessageWords): Promise<SentReceipt> {
	return transmitSealed(entry, messageContent(words));
}

/** A picture's message, with the addresses of its files: the server keeps them for as long as the message. */
export function transmitSealedPicture(
	entry: SealedEntry,
	content: Readonly<Record<string, unknown>>,
	media: readonly string[],
): Promise<SentReceipt> {
	return transmitSealed(entry, content, media);
}

export function transmitSealedEdit(entry: SealedEntry, words: EditWords): Promise<SentReceipt> {
	return transmitSealed(entry, editContent(words));
}

type SealedInput = Parameters<typeof api.messages.sendEncrypted.mutate>[0];

/** Seals a message and hands it to the server, which learns who wrote it, when, how long it is and what it relates to. */
async function transmitSealed(
	{ roomId, transactionId, encryption }: SealedEntry,
	plain: Readonly<Record<string, unknown>>,
	media?: readonly string[],
): Promise<SentReceipt> {
	const sealed = await clientCipher.encrypt({ roomId, type: "m.room.message", content: plain, encryption });
	// The server checks the form of it like everybody's.
	const content = sealed as SealedInput["content"];
	return api.messages.sendEncrypted.mutate({ roomId, transactionId, content, ...(media && { media: [...media] }) });
}
