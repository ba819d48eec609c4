import type pg from "pg";
import type { InvitationPolicy, RuleStore, ServerRule } from "../../../federation/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run } from "../sql.ts";

/** What the owner chose about other servers, on PostgreSQL. */
export const createRuleStore = (pool: pg.Pool): RuleStore => ({
	read: async () => {
		const [servers, [settings]] = await withDatabaseErrors(
			Promise.all([
				rows<RuleRow>(pool, {
					name: "read-server-rules",
					text: "SELECT pattern, kind, note, created_at FROM server_rules ORDER BY kind, pattern",
				}),
				rows<{ policy: InvitationPolicy | null; isShared: boolean }>(pool, {
					name: "read-federation-settings",
					text: 'SELECT invitation_policy AS policy, shares_presence AS "isShared" FROM federation_settings WHERE id = 1',
				}),
			]),
		);
		return {
			servers: servers.map(({ created_at, ...rule }) => ({ ...rule, createdAt: created_at.getTime() })),
			invitationPolicy: settings?.policy ?? undefined,
			isPresenceShared: settings?.isShared ?? false,
		};
	},
	put: async ({ pattern, kind, note, createdAt }, most) => {
		const stored = await withDatabaseErrors(
			rows(pool, {
				name: "put-server-rule",
				text: `INSERT INTO server_rules (pattern, kind, note, created_at) SELECT $1, $2, $3, $4
					WHERE (SELECT count(*) FROM server_rules WHERE pattern <> $1) < $5::int
					ON CONFLICT (pattern) DO UPDATE SET kind = excluded.kind, note = excluded.note, created_at = excluded.created_at
					RETURNING 1`,
				values: [pattern, kind, note, new Date(createdAt), most],
			}),
		);
		return stored.length === 1;
	},
	remove: (pattern) =>
		withDatabaseErrors(
			run(pool, {
				name: "remove-server-rule",
				text: "DELETE FROM server_rules WHERE pattern = $1",
				values: [pattern],
			}),
		),
	setInvitationPolicy: (policy) =>
		withDatabaseErrors(
			run(pool, {
				name: "set-invitation-policy",
				text: `INSERT INTO federation_settings (id, invitation_policy) VALUES (1, $1)
					ON CONFLICT (id) DO UPDATE SET invitation_policy = excluded.invitation_policy`,
				values: [policy],
			}),
		),
	setPresenceShared: (isShared) =>
		withDatabaseErrors(
			run(pool, {
				name: "set-shares-presence",
				text: `INSERT INTO federation_settings (id, shares_presence) VALUES (1, $1)
					ON CONFLICT (id) DO UPDATE SET shares_presence = excluded.shares_presence`,
				values: [isShared],
			}),
		),
});

interface RuleRow {
	pattern: string;
	kind: ServerRule["kind"];
	note: string;
	created_at: Date;
}
