import type { AudienceMember, LoadedAudience, MovedReceipt, RoomFacts, ShownMember, StreamRecord } from "./ports.ts";

/**
 * Who of this server is in a room and how far each has read, kept in memory so that fan-out asks the database once per
 * room instead of once per reader. Changed only by what comes through the stream, in order; applying something the
 * loaded rows already contain changes nothing.
 */
export interface RoomAudience {
	readonly roomNid: number;
	facts: RoomFacts;
	lastMessage: StreamRecord | undefined;
	/** Who may let in those who ask; nobody while nobody asks. */
	mayLetIn: (userId: string) => boolean;
	readonly members: Map<string, AudienceMember>;
	/** Who wrote and is not among these: in a room with very many people of other servers not all are kept here. */
	readonly others: Map<string, ShownMember>;
}

export const createAudience = (loaded: LoadedAudience | undefined, facts: RoomFacts): RoomAudience => ({
	roomNid: facts.roomNid,
	facts,
	lastMessage: undefined,
	mayLetIn: () => false,
	members: new Map((loaded?.members ?? []).map((member) => [member.userId, { ...member }])),
	others: new Map(),
});

/** Applies an event that everybody reads: the writer has read it, the mentioned get a badge. */
export const applyMessage = (audience: RoomAudience, record: StreamRecord): void => {
	audience.lastMessage = record;
	const sender = audience.members.get(record.sender);
	if (sender !== undefined) moveRead(sender, record.position, record.messageOrdinal);
	const mentioned = record.mentions.includes("*") ? audience.members.keys() : record.mentions;
	for (const userId of mentioned) {
		const member = audience.members.get(userId);
		if (member === undefined || userId === record.sender || member.readPosition >= record.position) continue;
		if (!member.mentions.includes(record.position)) member.mentions = [...member.mentions, record.position];
	}
};

/** Applies a read position that moved; false when it is behind the known one. */
export const applyReceipt = (audience: RoomAudience, receipt: MovedReceipt): void => {
	const member = audience.members.get(receipt.userId);
	if (member !== undefined) moveRead(member, receipt.position, receipt.messageOrdinal);
};

/**
 * False where a room with bounds had its last message before this person came in: whether it may be shown depends on what
 * held then, which only the database knows.
 */
export const seesLastMessage = ({ facts, lastMessage }: RoomAudience, member: AudienceMember): boolean =>
	lastMessage === undefined || !facts.hasBounds || lastMessage.messageOrdinal > member.joinedOrdinal;

const moveRead = (member: AudienceMember, position: number, ordinal: number): void => {
	member.readPosition = Math.max(member.readPosition, position);
	member.readOrdinal = Math.max(member.readOrdinal, ordinal);
	member.mentions = member.mentions.filter((mention) => mention > member.readPosition);
};
