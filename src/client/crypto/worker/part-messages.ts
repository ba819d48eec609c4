/** A message to a device, as the server hands it out. */
interface SentMessage {
	readonly sender: string;
	readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Messages in parts in which every device speaks once, each device's in their order. Of two keys of one session the machine
 * keeps the better one, unless both come to it at once: then the later one, with which less is read.
 */
export const partMessages = <Message extends SentMessage>(messages: readonly Message[]): readonly Message[][] => {
	const spoken = new Map<string, number>();
	const parts: Message[][] = [];
	for (const message of messages) {
		const device = JSON.stringify([message.sender, message.content["sender_key"]]);
		const at = spoken.get(device) ?? 0;
		spoken.set(device, at + 1);
		const part = parts[at] ?? [];
		part.push(message);
		parts[at] = part;
	}
	return parts;
};
