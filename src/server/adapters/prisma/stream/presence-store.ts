import type pg from "pg";
import type { Contact, PresenceStore } from "../../../stream/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run } from "../sql.ts";

/** In larger rooms nobody watches who comes and goes: telling everybody of everybody would grow with the square. */
export const smallRoom = 50;
/** Far more than a person watches. */
const maxContacts = 5_000;

export const tellsNobody = (userId: string): string => `EXISTS (
	SELECT FROM account_data d WHERE d.user_id = ${userId} AND d.type = 'kith.privacy'
	AND d.content::json->>'lastSeen' = 'nobody')`;

const contacts = `
WITH pairs AS (
	SELECT u.user_id, known.contact_id FROM unnest($1::text[]) AS u(user_id) CROSS JOIN LATERAL (
		SELECT DISTINCT other.user_id AS contact_id FROM memberships own
		JOIN rooms r ON r.nid = own.room_nid AND (r.kind = 'direct' OR r.joined_count <= ${smallRoom})
		JOIN memberships other ON other.room_nid = own.room_nid AND other.membership = 'join'
			AND other.user_id <> own.user_id AND (other.is_local OR ($2::boolean AND own.is_local))
		WHERE own.user_id = u.user_id AND own.membership = 'join' LIMIT ${maxContacts}
	) known
)
SELECT p.user_id AS "userId", p.contact_id AS "contactId", s.seen_at AS seen, c.seen_at AS "contactSeen",
	${tellsNobody("p.user_id")} OR ${tellsNobody("p.contact_id")} AS "isHidden"
FROM pairs p LEFT JOIN last_seen s ON s.user_id = p.user_id LEFT JOIN last_seen c ON c.user_id = p.contact_id`;

interface ContactRow extends Pick<Contact, "userId" | "contactId" | "isHidden"> {
	readonly seen: Date | null;
	readonly contactSeen: Date | null;
}

export const createPresenceStore = (pool: pg.Pool): PresenceStore => ({
	contactsOf: async (userIds, withRemote) => {
		const found = await rows<ContactRow>(pool, { name: "contacts-of", text: contacts, values: [userIds, withRemote] });
		return found.map(({ seen, contactSeen, ...pair }) => ({
			...pair,
			seenAt: seen?.getTime(),
			contactSeenAt: contactSeen?.getTime(),
		}));
	},
	noteSeen: (userIds, seenAt) =>
		run(pool, {
			name: "note-seen",
			text: `INSERT INTO last_seen (user_id, seen_at) SELECT u, date_trunc('minute', $2::timestamptz) FROM unnest($1::text[]) AS u
				WHERE EXISTS (SELECT FROM users WHERE id = u)
				ON CONFLICT (user_id) DO UPDATE SET seen_at = greatest(last_seen.seen_at, excluded.seen_at)`,
			values: [userIds, new Date(seenAt)],
		}),
	joinedRoomNid: async (userId, roomId) => {
		const [found] = await withDatabaseErrors(
			rows<{ nid: number }>(pool, {
				name: "joined-room-nid",
				text: `SELECT r.nid FROM rooms r JOIN memberships m ON m.room_nid = r.nid AND m.user_id = $1 AND m.membership = 'join'
					WHERE r.id = $2`,
				values: [userId, roomId],
			}),
		);
		return found?.nid;
	},
});
