import { notFound } from "../../../../federation/handshakes/refusal.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { MatrixRoute } from "../matrix-route.ts";

/** An hour: who moves the server elsewhere does not wait for a day. */
const wellKnownCache = "public, max-age=3600";

/** What a server asks before it knows anything of this one. */
export const discoveryRoutes: readonly MatrixRoute[] = [
	{
		method: "GET",
		path: "/.well-known/matrix/server",
		isSigned: false,
		maxBodyBytes: 0,
		answer: async ({ delegate }) =>
			delegate === undefined
				? notFound("This server is where its name says")
				: {
						kind: "answered",
						content: jsonObject([["m.server", delegate]]),
						headers: { "Cache-Control": wellKnownCache },
					},
	},
	{
		method: "GET",
		path: "/_matrix/federation/v1/version",
		isSigned: false,
		maxBodyBytes: 0,
		answer: async ({ software }) => ({
			kind: "answered",
			content: jsonObject([
				[
					"server",
					jsonObject([
						["name", software.name],
						["version", software.version],
					]),
				],
			]),
		}),
	},
];
