import type { ControlChannel } from "../../../accounts/public.ts";
import { controlChannelName } from "../../../accounts/public.ts";
import { databaseError } from "../database-error.ts";
import { rows, type SqlClient } from "../sql.ts";

/** Sends control messages as PostgreSQL notifications: they reach every process that listens on this database. */
export const createNotifyControlChannel = (client: SqlClient): ControlChannel => ({
	publish: async (message) => {
		try {
			await rows(client, {
				name: "control_notify",
				text: "SELECT pg_notify($1, $2)",
				values: [controlChannelName, JSON.stringify(message)],
			});
		} catch (error) {
			throw databaseError(error);
		}
	},
});
