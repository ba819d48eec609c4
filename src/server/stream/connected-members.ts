import type { AudienceMember } from "./ports.ts";
import type { RoomAudience } from "./room-audience.ts";
import type { SubscriberIndex } from "./subscriber-index.ts";

/** The people of a room who have a subscription here, found by way of whichever are fewer. */
export function* connectedMembers(
	{ members }: RoomAudience,
	subscribers: SubscriberIndex,
): Generator<readonly [string, AudienceMember]> {
	const userIds = members.size <= subscribers.userCount ? members.keys() : subscribers.userIds();
	for (const userId of userIds) {
		const member = members.get(userId);
		if (member !== undefined && subscribers.has(userId)) yield [userId, member];
	}
}
